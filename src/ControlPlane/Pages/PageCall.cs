using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>One request for a page, from somebody who has signed in.</summary>
internal sealed class PageCall(HttpContext context, ApiServices services, ApiCaller caller, HeavyPages heavy, CancellationToken cancellation)
{
    /// <summary>Of the query; a longer text is none of ours.</summary>
    private const int MostText = 200;

    public SchemaRegistry Registry => services.Registry;

    public RegistryListing Listing => services.Registry.Listing;

    public ApiCaller Caller => caller;

    public DateTimeOffset Now => services.Clock.GetUtcNow();

    public CancellationToken Cancellation => cancellation;

    public bool MayRead(string graph, string? stage) => caller.May(RegistryRole.Read, graph, stage, null);

    /// <summary>Whether there can be a stage of the graph that the key may read.</summary>
    public bool MayReadOf(string graph) => caller.Scopes.Any(scope => scope.Role is RegistryRole.Read or RegistryRole.Admin && (scope.Graph is null || scope.Graph == graph));

    /// <summary>A text of the query without spaces around it; null where there is none, or an empty one.</summary>
    public string? Text(string name) =>
        context.Request.Query[name] is { Count: > 0 } values && values[^1]?.Trim() is { Length: > 0 and <= MostText } text ? text : null;

    /// <summary>Whether the query has a text of that name, an empty one too, such as the name of clients that have none.</summary>
    public bool Has(string name) => context.Request.Query.ContainsKey(name);

    /// <summary>A number above zero of the query; null where it is none.</summary>
    public int? Number(string name) => Text(name) is { } text ? NumberOf(text) : null;

    /// <summary>A number above zero; null where the text is none.</summary>
    public static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>Does what takes a core for a while: reads a supergraph, compares two.</summary>
    public Task<Page> RunHeavyAsync(Func<Task<Page>> make) => heavy.RunAsync(make, cancellation);
}

/// <summary>Lets a few pages be made at the same time that take a core each. Others wait.</summary>
internal sealed class HeavyPages(TimeProvider clock) : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Page Busy = Refusals.Of(StatusCodes.Status503ServiceUnavailable, "Too many ask at the same time", "Others read large graphs now. Try again in a moment.");

    private readonly SemaphoreSlim gate = new(AtOnce);
    private readonly StoreThreads threads = new(AtOnce, "Registry pages", clock);

    public async Task<Page> RunAsync(Func<Task<Page>> make, CancellationToken cancellation)
    {
        if (!await gate.WaitAsync(Patience, cancellation))
        {
            return Busy;
        }

        try
        {
            // Reading a large text keeps its thread for long.
            return await threads.RunAsync(make, Busy, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gate.Dispose();
        threads.Dispose();
    }
}
