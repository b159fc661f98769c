using System.CommandLine;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// Where the keys are and what they are hashed with: by options, or by the variables of the environment that tell it the gateway, so that both are told once.
/// </summary>
/// <param name="holder">Whose keys they are.</param>
internal sealed class KeyPlaceOptions(KeyHolder holder)
{
    internal Option<string?> Store { get; } = new("--store")
    {
        HelpName = "PLACE",
        Description = $"A file (SQLite), or a connection string of PostgreSQL (Host=...); without it the variable {holder.StoreVariable}.",
    };

    internal Option<string?> PepperFile { get; } = new("--pepper-file")
    {
        HelpName = "FILE",
        Description = $"The file with the server's secret, the gateway's own; without it the variable {holder.PepperVariable}. `graphgateway keys pepper` makes one.",
    };

    internal Option<bool> Json { get; } = new("--json") { Description = "Tell it as one JSON object, for machines." };

    /// <summary>Runs on the store; what goes wrong with that is told.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="run">What is done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isReader">True for what changes nothing: it makes no file and no tables either.</param>
    internal async Task<int> RunAsync(ParseResult parsed, Func<ApiKeyStore, KeyReport, Task<int>> run, CancellationToken cancellation, bool isReader = false)
    {
        var report = new KeyReport(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(Json));
        var place = parsed.GetValue(Store) ?? Environment.GetEnvironmentVariable(holder.StoreVariable);
        if (string.IsNullOrWhiteSpace(place))
        {
            return report.Fail($"Where are the keys? Give --store PLACE, or set {holder.StoreVariable}.");
        }

        var (code, problem) = await StoreUse.RunAsync(
            "The store of the keys", () => holder.Open(place, isReader), PrepareAsync, store => run(store, report));
        return problem is null ? code : report.Fail(problem.Message);

        async Task<string?> PrepareAsync(ApiKeyStore store)
        {
            if (isReader)
            {
                return store.FindReadProblem();
            }

            await store.PrepareAsync(cancellation);
            return null;
        }
    }

    /// <summary>The pepper; null where there is none that can be used, and that is told.</summary>
    internal byte[]? ReadPepper(string? file, Func<string, int> fail)
    {
        file ??= Environment.GetEnvironmentVariable(holder.PepperVariable);
        if (string.IsNullOrWhiteSpace(file))
        {
            fail($"What are keys hashed with? Give --pepper-file FILE, or set {holder.PepperVariable}. `graphgateway keys pepper > FILE` makes one.");
            return null;
        }

        try
        {
            var pepper = Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim());
            if (pepper.Length >= ApiKeyText.MinPepperBytes)
            {
                return pepper;
            }

            fail($"{file} has no secret of {ApiKeyText.MinPepperBytes} bytes at least. `graphgateway keys pepper > FILE` makes one.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fail($"{file} cannot be read: {exception.Message}");
        }

        return null;
    }
}
