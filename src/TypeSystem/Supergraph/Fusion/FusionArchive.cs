using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>What an archive's settings say about a source.</summary>
/// <param name="Url">Where it answers.</param>
/// <param name="Flags">The capabilities for batching that are said, by name.</param>
/// <param name="SupportsSubscriptions">False when it serves none; null when nothing is said.</param>
internal sealed record FusionSourceSettings(Uri? Url, ImmutableDictionary<string, bool> Flags, bool? SupportsSubscriptions)
{
    /// <summary>What is not said is as HotChocolate has it: all of it, and only aliases for an Apollo subgraph.</summary>
    internal SourceBatching Batching(bool isApollo) =>
        (Flags.GetValueOrDefault("variableBatching", !isApollo) ? SourceBatching.Variables : SourceBatching.None)
        | (Flags.GetValueOrDefault("requestBatching", !isApollo) ? SourceBatching.Requests : SourceBatching.None)
        | (Flags.GetValueOrDefault("aliasBatching", true) ? SourceBatching.Aliases : SourceBatching.None);
}

/// <summary>
/// Reads a Fusion 16 archive (<c>.far</c>, made by <c>nitro fusion compose</c>): a zip with <c>archive-metadata.json</c>,
/// <c>gateway/VERSION/gateway.graphqls</c> and <c>gateway/VERSION/gateway-settings.json</c>. The highest version counts.
/// </summary>
internal static class FusionArchive
{
    private const int EntryBytesMax = 256 * 1024 * 1024;
    private const string Metadata = "archive-metadata.json";
    private const string SchemaFile = "/gateway.graphqls";

    /// <summary>True for any zip.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    internal static SupergraphResult Read(SourceText text, Action? betweenParts)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(ToArray(text.Utf8), writable: false), ZipArchiveMode.Read);
            if (zip.GetEntry(Metadata) is null)
            {
                return Refuse("The file is a zip, but no archive of HotChocolate Fusion 16 (.far): it has no archive-metadata.json. A package of "
                    + "Fusion 1 (.fgp) is not read; compose the source schemas with graphgateway instead.");
            }

            var schema = zip.Entries
                .Where(entry => entry.FullName.StartsWith("gateway/", StringComparison.Ordinal) && entry.FullName.EndsWith(SchemaFile, StringComparison.Ordinal))
                .MaxBy(entry => VersionOf(entry.FullName));
            return schema is null
                ? Refuse("The archive holds no gateway/VERSION/gateway.graphqls: compose it with \"nitro fusion compose\".")
                : Read(zip, schema, text.Name, betweenParts);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or IOException)
        {
            return Refuse($"The archive cannot be read: {exception.Message}");
        }
    }

    private static SupergraphResult Read(ZipArchive zip, ZipArchiveEntry schema, string name, Action? betweenParts)
    {
        var parsed = Parser.ParseDocument(new SourceText(Bytes(schema), $"{name}!{schema.FullName}"), ParserOptions.Schema, betweenParts);
        if (!parsed.IsSuccess)
        {
            return new SupergraphResult(null, [parsed.Error]);
        }

        var settings = zip.GetEntry(schema.FullName.Replace(SchemaFile, "/gateway-settings.json", StringComparison.Ordinal));
        return new FusionReader(parsed.Value, settings is null ? null : Settings(Bytes(settings))).Read(betweenParts);
    }

    private static Dictionary<string, FusionSourceSettings> Settings(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var result = new Dictionary<string, FusionSourceSettings>(StringComparer.Ordinal);
        if (Property(document.RootElement, "sourceSchemas") is not { ValueKind: JsonValueKind.Object } schemas)
        {
            return result;
        }

        foreach (var schema in schemas.EnumerateObject())
        {
            var http = Property(Property(schema.Value, "transports"), "http");
            var capabilities = Property(http, "capabilities");
            var url = Property(http, "url") is { ValueKind: JsonValueKind.String } text && Uri.TryCreate(text.GetString(), UriKind.Absolute, out var parsed)
                ? parsed
                : null;
            var flags = Property(capabilities, "batching") is { ValueKind: JsonValueKind.Object } batching
                ? batching.EnumerateObject().Where(flag => flag.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    .ToImmutableDictionary(flag => flag.Name, flag => flag.Value.GetBoolean(), StringComparer.Ordinal)
                : ImmutableDictionary<string, bool>.Empty;
            result[schema.Name] = new FusionSourceSettings(url, flags, Property(Property(capabilities, "subscriptions"), "supported")?.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            });
        }

        return result;
    }

    private static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    private static Version VersionOf(string path) => Version.TryParse(path.Split('/')[1], out var version) ? version : new Version(0, 0);

    // A small file can unpack to any size; nothing of a schema is that large.
    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > EntryBytesMax)
        {
            throw new InvalidDataException($"{entry.FullName} is larger than {EntryBytesMax} bytes.");
        }

        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();

    private static SupergraphResult Refuse(string message) =>
        new(null, [new GraphQLError { Message = message, Code = ErrorCode.NotSupported }]);
}
