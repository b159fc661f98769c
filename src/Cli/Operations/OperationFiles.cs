using System.Collections.Immutable;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>An operation, and where it was found.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="File">The manifest, or the file with the document.</param>
/// <param name="Client">The client that the manifest names for it; null where it names none.</param>
/// <param name="Mismatch">What the manifest says of it that its text does not; null for nothing.</param>
internal sealed record FoundOperation(PublishedOperation Operation, string File, string? Client, string? Mismatch = null);

/// <summary>
/// Reads operations: manifests of Apollo's and Relay's tools, and folders of documents (<c>.graphql</c>, <c>.gql</c>), each of which is named by the
/// hash of its text.
/// </summary>
internal static class OperationFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All operations, or what is wrong.</summary>
    internal static (ImmutableArray<FoundOperation> Operations, ImmutableArray<string> Problems) Read(IEnumerable<string> places)
    {
        var operations = ImmutableArray.CreateBuilder<FoundOperation>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var place in places)
        {
            if (Directory.Exists(place))
            {
                ReadFolder(place, operations, problems);
            }
            else if (IsDocument(place))
            {
                ReadDocument(place, operations, problems);
            }
            else
            {
                ReadManifest(place, operations, problems);
            }
        }

        return (operations.ToImmutable(), problems.ToImmutable());
    }

    private static void ReadFolder(string folder, ImmutableArray<FoundOperation>.Builder operations, ImmutableArray<string>.Builder problems)
    {
        try
        {
            string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsDocument).Order(StringComparer.Ordinal)];
            if (files.Length == 0)
            {
                problems.Add($"{folder}: there is no .graphql or .gql file in it.");
            }

            foreach (var file in files)
            {
                ReadDocument(file, operations, problems);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{folder} cannot be read: {exception.Message}");
        }
    }

    private static void ReadDocument(string file, ImmutableArray<FoundOperation>.Builder operations, ImmutableArray<string>.Builder problems)
    {
        var (bytes, reason) = InputFile.ReadBytes(file);
        if (bytes is not { } text)
        {
            problems.Add($"{file} cannot be read: {reason}");
            return;
        }

        try
        {
            var document = Strict.GetString(text.Span);
            operations.Add(new FoundOperation(new PublishedOperation(PublishedOperation.HashOf(document), document), file, null));
        }
        catch (DecoderFallbackException)
        {
            problems.Add($"{file}: it is not UTF-8.");
        }
    }

    private static void ReadManifest(string file, ImmutableArray<FoundOperation>.Builder operations, ImmutableArray<string>.Builder problems)
    {
        var (bytes, reason) = InputFile.ReadBytes(file);
        if (bytes is not { } json)
        {
            problems.Add($"{file} cannot be read: {reason}");
            return;
        }

        var manifest = OperationManifest.Read(json);
        if (manifest.Problem is { } problem)
        {
            problems.Add($"{file}: {problem}");
            return;
        }

        operations.AddRange(manifest.Operations.Select(entry => new FoundOperation(entry.Operation, file, entry.Client, entry.Mismatch)));
    }

    private static bool IsDocument(string file) => Path.GetExtension(file).ToUpperInvariant() is ".GRAPHQL" or ".GQL";
}
