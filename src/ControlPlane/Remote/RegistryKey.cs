namespace GraphGateway.ControlPlane;

/// <summary>
/// A key of the registry, as who asks has it. Of a file it is what the file has when it is asked for: a key is replaced without a restart. A file that cannot be read
/// then, or has no key in it, such as one that is just being written, changes nothing.
/// </summary>
public sealed class RegistryKey
{
    private const int MostCharacters = 1_000;
    private readonly string? file;
    private volatile string text;

    private RegistryKey(string text, string? file)
    {
        (this.text, this.file) = (text, file);
    }

    /// <summary>The key. Nobody writes it anywhere but into the header.</summary>
    internal string Text
    {
        get
        {
            if (file is not null && Read(file) is (string found, null))
            {
                text = found;
            }

            return text;
        }
    }

    /// <summary>A key; null where the text is none.</summary>
    /// <param name="text">The text.</param>
    public static RegistryKey? Of(string text) => TextOf(text) is { } key ? new RegistryKey(key, null) : null;

    /// <summary>The key in a file; or why there is none, without what is in the file.</summary>
    /// <param name="file">The file.</param>
    public static (RegistryKey? Key, string? Problem) OfFile(string file) => Read(file) switch
    {
        (string text, _) => (new RegistryKey(text, file), null),
        var (_, problem) => (null, problem),
    };

    /// <summary>Not the key.</summary>
    public override string ToString() => file ?? "a key";

    private static (string? Text, string? Problem) Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var buffer = new char[MostCharacters];
            return TextOf(new string(buffer, 0, reader.ReadBlock(buffer))) is { } key
                ? (key, null)
                : (null, "has no key of a registry, which begins with ggk_. `graphgateway registry keys create` makes one.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"cannot be read: {exception.Message}");
        }
    }

    private static string? TextOf(string text) => ApiKeyText.IdOf(text.Trim()) is null ? null : text.Trim();
}
