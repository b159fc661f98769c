using System.CommandLine;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// Where the operations are: by an option, or by the variable of the environment that tells it the gateway, so that it is told once.
/// </summary>
/// <param name="isReader">True for a command that changes nothing: it makes no file and no tables either.</param>
internal sealed class OperationStoreOptions(bool isReader = false)
{
    internal const string StoreVariable = "Gateway__PersistedOperations__Store";

    internal Option<string?> Store { get; } = new("--store")
    {
        HelpName = "PLACE",
        Description = $"A file (SQLite), or a connection string of PostgreSQL (Host=...); without it the variable {StoreVariable}.",
    };

    internal Option<bool> Json { get; } = new("--json") { Description = "Tell it as one JSON object, for machines." };

    /// <summary>Runs on the store; what goes wrong with that is told.</summary>
    internal async Task<int> RunAsync(ParseResult parsed, Func<OperationStore, OperationReport, Task<int>> run, CancellationToken cancellation)
    {
        var report = new OperationReport(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(Json));
        var place = parsed.GetValue(Store) ?? Environment.GetEnvironmentVariable(StoreVariable);
        if (string.IsNullOrWhiteSpace(place))
        {
            return report.Fail($"Where are the operations? Give --store PLACE, or set {StoreVariable}.");
        }

        var (code, problem) = await UseAsync(place, isReader, store => run(store, report), cancellation);
        return problem is null ? code : report.Fail(problem.Message);
    }

    /// <summary>Does something with the store at a place; or why that cannot be.</summary>
    internal static Task<(T? Result, StoreProblem? Problem)> UseAsync<T>(string place, bool isReader, Func<OperationStore, Task<T>> use, CancellationToken cancellation) =>
        StoreUse.RunAsync("The store of the operations", () => OperationStore.At(place, isReader), store => PrepareAsync(store, isReader, cancellation), use);

    private static async Task<string?> PrepareAsync(OperationStore store, bool isReader, CancellationToken cancellation)
    {
        if (isReader)
        {
            return store.FindReadProblem();
        }

        await store.PrepareAsync(cancellation);
        return null;
    }
}
