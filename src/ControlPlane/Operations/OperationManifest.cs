using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.ControlPlane;

/// <summary>A manifest as clients' tools write it, or why it is none; <see cref="Problem"/> is null exactly when it could be read.</summary>
/// <param name="Operations">Its operations; of each the client that a manifest names for it, null where it names none, and what the manifest says of it that its text does not, null for nothing.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record OperationManifest(ImmutableArray<(PublishedOperation Operation, string? Client, string? Mismatch)> Operations, string? Problem)
{
    /// <summary>What Apollo's manifests say of themselves.</summary>
    public const string ApolloFormat = "apollo-persisted-query-manifest";

    private const string Shapes =
        $"Known are Apollo's, {{\"format\": \"{ApolloFormat}\", \"version\": 1, \"operations\": [{{\"id\", \"name\", \"type\", \"body\"}}]}}, and Relay's, {{\"ID\": \"TEXT\"}}.";

    /// <summary>
    /// Reads a manifest: Apollo's
    /// (<see href="https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format">Manifest format</see>), or Relay's
    /// (<see href="https://relay.dev/docs/guides/persisted-queries/#local-persisted-queries">persisted queries in a local file</see>).
    /// </summary>
    /// <param name="json">The file.</param>
    public static OperationManifest Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? Fail($"It is no JSON object. {Shapes}")
                : root.TryGetProperty("format", out var format) && root.TryGetProperty("operations", out var operations) ? ReadApollo(root, format, operations)
                : ReadRelay(root);
        }
        catch (JsonException exception)
        {
            return Fail($"It is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // So a string with half a surrogate pair is told.
            return Fail("It has a string that is not valid Unicode.");
        }
    }

    private static OperationManifest ReadApollo(JsonElement root, JsonElement format, JsonElement operations)
    {
        if (format.ValueKind != JsonValueKind.String || format.GetString() != ApolloFormat)
        {
            return Fail($"Its format {format.GetRawText()} is not known. {Shapes}");
        }

        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
        {
            return Fail("Its version is not 1.");
        }

        if (operations.ValueKind != JsonValueKind.Array)
        {
            return Fail("Its \"operations\" are no list.");
        }

        var all = ImmutableArray.CreateBuilder<(PublishedOperation, string?, string?)>(operations.GetArrayLength());
        foreach (var operation in operations.EnumerateArray())
        {
            if (operation.ValueKind != JsonValueKind.Object || TextOf(operation, "id") is not { } id || TextOf(operation, "body") is not { } body)
            {
                return Fail($"Its operation {all.Count + 1} has no \"id\" or no \"body\", which are texts.");
            }

            all.Add((new PublishedOperation(id, body), TextOf(operation, "clientName"), FindMismatch(body, TextOf(operation, "name"), TextOf(operation, "type"))));
        }

        return new OperationManifest(all.ToImmutable(), null);
    }

    private static OperationManifest ReadRelay(JsonElement root)
    {
        var all = ImmutableArray.CreateBuilder<(PublishedOperation, string?, string?)>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
            {
                return Fail($"Its member \"{member.Name}\" is no text. {Shapes}");
            }

            all.Add((new PublishedOperation(member.Name, member.Value.GetString()!), null, null));
        }

        return new OperationManifest(all.ToImmutable(), null);
    }

    // Who reads the manifest, or a report by its names, takes it for something else than what clients run. A text that cannot be read has problems of its own.
    private static string? FindMismatch(string body, string? name, string? type)
    {
        if ((name is null && type is null) || Parser.ParseDocument(new SourceText(Encoding.UTF8.GetBytes(body))).Value is not { } document)
        {
            return null;
        }

        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        return operations.Count == 0 || operations.Exists(operation => IsNamed(operation, name) && IsOfType(operation, type)) ? null
            : !operations.Exists(operation => IsNamed(operation, name))
                ? $"The manifest calls it \"{name}\", and its body has {string.Join(", ", operations.Select(static operation => operation.Name is { } own ? $"\"{own.Value}\"" : "no name"))}."
            : $"The manifest says that it is a {type}, and its body has a {operations.Find(operation => IsNamed(operation, name))!.Operation.ToString().ToLowerInvariant()}.";
    }

    // What has no name is called "" by some tools.
    private static bool IsNamed(OperationDefinitionNode operation, string? name) => name is null || name == (operation.Name?.Value ?? "");

    private static bool IsOfType(OperationDefinitionNode operation, string? type) => type is null || operation.Operation.ToString().Equals(type, StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static OperationManifest Fail(string problem) => new([], problem);
}
