using System.Security.Cryptography;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>What the copy on disk has.</summary>
/// <param name="Text">The supergraph; null where there is none that this gateway may run.</param>
/// <param name="Problem">Why there is none, though there is a file; null where there is no file.</param>
/// <param name="Notice">What is odd with it; null: nothing.</param>
internal sealed record CopyContent(byte[]? Text, string? Problem, string? Notice);

/// <summary>
/// The last good supergraph on disk (<c>Gateway:Registry:File</c>): a line, a comment to GraphQL, that says of which stage of which graph it is, one with the hash of the text, and the text. A copy of another stage is neither run nor
/// written over: gateways that were given the same file by mistake are told.
/// </summary>
/// <param name="options">The file, the graph and the stage.</param>
/// <param name="clock">Says what nobody writes any longer.</param>
internal sealed class RegistryCopy(RegistryOptions options, TimeProvider clock)
{
    private const string Mark = "# graphgateway: the last good supergraph of ";
    private const string HashMark = "# sha256: ";

    // Names of a graph and a stage, and what stands around them.
    private const int MostLine = 512;

    private static readonly long MostBytes = new RegistryLimits().SignedSupergraphBytes + MostLine;

    private static readonly CopyContent None = new(null, null, null);

    // Neither name has a slash.
    private string Place => $"{options.Graph}/{options.Stage}";

    /// <summary>Reads it.</summary>
    public CopyContent Read()
    {
        if (options.File is not { } file)
        {
            return None;
        }

        try
        {
            if (FileOwner.IsNoFile(file))
            {
                // Who opens a pipe may wait for ever.
                return new CopyContent(null, $"{file} is no file but something else, such as a pipe or a folder.", null);
            }

            if (!File.Exists(file))
            {
                return None;
            }

            if (new FileInfo(file).Length is var size && size > MostBytes)
            {
                return new CopyContent(null, $"{file} has {size} bytes, and no copy has more than {MostBytes}: it is something else.", null);
            }

            var bytes = File.ReadAllBytes(file);
            var (place, line) = FirstLineOf(bytes);
            return place is null ? new CopyContent(bytes, null, $"{file} does not say of which stage it is: an older version of the gateway has written it.")
                : place != Place ? new CopyContent(null, Foreign(file, place), null)
                : HasOtherHash(bytes.AsSpan(line), out var length)
                    ? new CopyContent(null, $"{file} is damaged: what is in it does not have the hash that it says. Remove it, and start where the registry can be reached.", null)
                : new CopyContent(bytes[(line + length)..], null, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new CopyContent(null, $"{file} cannot be read: {exception.Message}", null);
        }
    }

    /// <summary>Keeps a supergraph (<see cref="WholeFile"/>). Null where that is done, else why it is not.</summary>
    public string? Write(byte[] text)
    {
        if (options.File is not { } file)
        {
            return null;
        }

        try
        {
            if (PlaceIn(file) is { } place && place != Place)
            {
                return Foreign(file, place);
            }

            WholeFile.Write(file, [.. Encoding.UTF8.GetBytes($"{Mark}{Place}\n{HashMark}{HashOf(text)}\n"), .. text]);
            WholeFile.RemoveAbandoned(Path.GetDirectoryName(Path.GetFullPath(file))!, name => name == Path.GetFileName(file), clock);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    // A second line has the hash of what comes after it; older versions wrote none.
    private static bool HasOtherHash(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        var mark = Encoding.UTF8.GetBytes(HashMark);
        if (!text.StartsWith(mark) || text[..Math.Min(text.Length, MostLine)].IndexOf((byte)'\n') is not (> 0 and var end))
        {
            return false;
        }

        length = end + 1;
        return Encoding.UTF8.GetString(text[mark.Length..end]) != HashOf(text[length..]);
    }

    private static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private static string Foreign(string file, string place) =>
        $"{file} is the copy of {place}, which another gateway follows, or this one did before. Give each gateway a Gateway:Registry:File of its own, or remove that one.";

    private static string? PlaceIn(string file)
    {
        if (!File.Exists(file) || FileOwner.IsNoFile(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        var start = new byte[MostLine];
        return FirstLineOf(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false))).Place;
    }

    // Which stage the first line says, and how long the line is; null where it says none.
    private static (string? Place, int Length) FirstLineOf(ReadOnlySpan<byte> text)
    {
        var line = text[..Math.Min(text.Length, MostLine)];
        var mark = Encoding.UTF8.GetBytes(Mark);
        return line.StartsWith(mark) && line.IndexOf((byte)'\n') is var end and > 0 ? (Encoding.UTF8.GetString(line[mark.Length..end]), end + 1) : (null, 0);
    }
}
