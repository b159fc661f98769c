using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Which clients of a stage have used something, in words.</summary>
internal static class StageUsage
{
    // So many have names in a text for people.
    private const int Named = 5;

    /// <summary>Such as <c>used by 2 clients in 30 days: web (3 requests), phone (1)</c>.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="days">In how many days.</param>
    /// <param name="others">How many more clients there are.</param>
    internal static string Words(ImmutableArray<ClientUse> clients, int days, int others = 0)
    {
        if (clients.IsEmpty)
        {
            return $"used by nobody in {days} days";
        }

        var names = clients.Take(Named).Select((use, at) => string.Create(
            CultureInfo.InvariantCulture, $"{NameOf(use.Name)} ({use.Requests:N0}{(at > 0 ? "" : use.Requests == 1 ? " request" : " requests")})"));
        var all = clients.Length + others;
        var more = all > Named ? $" and {all - Named} more" : "";
        return $"used by {all} client{(all == 1 ? "" : "s")} in {days} days: {string.Join(", ", names)}{more}";
    }

    /// <summary>A client's name for people.</summary>
    internal static string NameOf(string client) => client.Length == 0 ? "(no name)" : client;
}
