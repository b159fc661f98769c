using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>
/// Serves another supergraph: 1. read it, and hold it against the settings, 2. plan the operations that clients send, 3. put it in the place of the one that is
/// served. One at a time; what fails leaves what is served as it is.
/// </summary>
internal sealed class GraphChange(GraphThreads threads, CurrentGraph current, GatewayOptions options, IServiceProvider services, AccessCheck access, WarmUpService warmUp, TimeProvider clock, ILogger<GraphChange> logger)
{
    /// <summary>Null where it is served, else why not: what is wrong with it or with the settings, or a fault of our own.</summary>
    /// <param name="text">Its text, UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<string?> TakeAsync(byte[] text, string name, CancellationToken stopping)
    {
        try
        {
            // 1.
            var collections = new SmallCollections(threads, () => current.Graph.Uses.AreOver, clock, stopping);
            var (next, problems) = await threads.MakeAsync(() => Make(text, name, collections, stopping));
            if (next is null)
            {
                return Refuse(name, string.Join(" ", problems), null);
            }

            // 2.
            try
            {
                await warmUp.PrepareAsync(next, collections, stopping);
                await threads.MakeAsync(collections.End);
                stopping.ThrowIfCancellationRequested();
            }
            catch
            {
                // Nobody else has it.
                next.Dispose();
                throw;
            }

            // 3.
            current.Replace(next);
            logger.LogInformation("{Supergraph} is served", name);
            await access.TellAsync(next.Requirements);
            return null;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return Refuse(name, "Unexpected error in the gateway.", exception);
        }
    }

    private (ServedGraph? Graph, ImmutableArray<string> Problems) Make(byte[] text, string name, SmallCollections collections, CancellationToken stopping)
    {
        collections.Begin();
        LowPriority.TakeForRuntime();
        var loaded = SupergraphFile.Read(text, name, options, collections.Step);
        if (loaded.Supergraph is not { } supergraph)
        {
            return (null, loaded.Problems);
        }

        collections.Step();
        stopping.ThrowIfCancellationRequested();
        return (ServedGraph.Of(services, supergraph, loaded.Sources), []);
    }

    private string Refuse(string name, string problem, Exception? exception)
    {
        logger.LogError(exception, "{Supergraph} cannot be run, and what is served stays: {Problem}", name, problem);
        return problem;
    }
}
