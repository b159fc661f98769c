using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>
/// The operations that are hot, in a file for the next start: texts and not plans, so that they serve another graph and another version of the gateway as well.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="clock">Says which drafts nobody writes any longer.</param>
internal sealed class HotOperationFile(string path, TimeProvider clock)
{
    /// <summary>Bytes of all documents in it.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const string Version = "graphgatewayWarmUp";

    // Texts with escapes, names and outcomes.
    private const long MaxFileBytes = 8L * MaxBytes;

    private byte[] written = [];

    /// <summary>The operations of an earlier run; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">It is none of ours, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public ImmutableArray<WarmOperation> Read()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return [];
        }

        if (FileOwner.IsNoFile(path))
        {
            throw new InvalidDataException("it is no file.");
        }

        if (file.Length > MaxFileBytes)
        {
            throw new InvalidDataException($"it has more than {MaxFileBytes} bytes.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty(Version, out var version) && version.GetInt32() == 1
                ? [.. json.RootElement.GetProperty("operations").EnumerateArray().Select(Operation)]
                : throw new InvalidDataException("it is no list of operations of this version.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"it is no list of operations: {exception.Message}", exception);
        }
    }

    /// <summary>Writes it, where it would be another one (<see cref="WholeFile"/>).</summary>
    /// <param name="operations">The operations; what goes beyond <see cref="MaxBytes"/> is left out.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(ImmutableArray<WarmOperation> operations)
    {
        var json = JsonOf(operations);
        if (json.AsSpan().SequenceEqual(written))
        {
            return;
        }

        WholeFile.Write(path, json);
        WholeFile.RemoveAbandoned(Path.GetDirectoryName(Path.GetFullPath(path))!, name => name == Path.GetFileName(path), clock);
        written = json;
    }

    private static WarmOperation Operation(JsonElement operation) => new(
        new DocumentKey(Encoding.UTF8.GetBytes(TextOf(operation.GetProperty("document"))), operation.GetProperty("operationName").GetString()),
        [.. operation.GetProperty("outcomes").EnumerateArray().Select(TextOf)]);

    private static string TextOf(JsonElement text) => text.GetString() ?? throw new FormatException("there is null instead of a text.");

    private static byte[] JsonOf(ImmutableArray<WarmOperation> operations)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Version, 1);
            writer.WriteStartArray("operations");
            var bytes = 0L;
            foreach (var operation in operations.TakeWhile(operation => (bytes += operation.Key.Document.Length) <= MaxBytes))
            {
                writer.WriteStartObject();
                writer.WriteString("document", operation.Key.Document);
                writer.WriteString("operationName", operation.Key.OperationName);
                writer.WriteStartArray("outcomes");
                foreach (var outcome in operation.Outcomes ?? [])
                {
                    writer.WriteStringValue(outcome);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.ToArray();
    }
}
