using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>The graph of <see cref="RunningGateway"/> with types that nobody asks for: so many that it is read and written in several parts.</summary>
internal static class ManyTypes
{
    /// <summary>Its text.</summary>
    /// <param name="count">How many of them.</param>
    public static string Graph(int count)
    {
        var text = new StringBuilder(RunningGateway.Supergraph);
        for (var i = 0; i < count; i++)
        {
            text.Append($"\n\ntype T{i} @gateway__type(in: USERS) {{\n  a: String @gateway__field(in: USERS)\n}}");
        }

        return text.ToString();
    }

    /// <summary>Publishes one more operation for it.</summary>
    /// <param name="place">The store's file.</param>
    /// <param name="number">Another one for each.</param>
    public static async Task PublishAsync(string place, int number)
    {
        await using var store = OperationStore.At(place);
        await store.PrepareAsync(default);
        var result = await store.PublishAsync("web", $"{number}", [new PublishedOperation($"{number}", $"query Hello{number} {{ hello }}")], DateTimeOffset.UnixEpoch, default);
        Assert.Null(result.Problem);
    }
}
