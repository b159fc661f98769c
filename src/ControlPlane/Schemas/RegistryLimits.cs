using System.Text;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>How much a registry takes.</summary>
public sealed record RegistryLimits
{
    /// <summary>Characters of the name of a graph, a stage or a source.</summary>
    public const int NameLength = 128;

    /// <summary>Characters of a tag or of who publishes.</summary>
    public const int LabelLength = 200;

    /// <summary>Characters of what messages call a text, such as the name of its file: they stand at each place of each problem.</summary>
    public const int TextNameLength = 300;

    /// <summary>Characters of a name in a schema; the specification of GraphQL has no bound.</summary>
    public const int SchemaNameLength = 300;

    /// <summary>Of a launch's changed sources so many are named in its subject.</summary>
    internal const int SubjectSources = 20;

    /// <summary>Characters of a reason.</summary>
    public const int ReasonLength = 1_000;

    /// <summary>Bytes of a schema, and of settings.</summary>
    public int TextBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes of a composed supergraph.</summary>
    public int SupergraphBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of a supergraph with its signature: none is larger that a registry gives to anybody.</summary>
    public int SignedSupergraphBytes => SupergraphBytes + SupergraphSignature.MostBytes;

    /// <summary>Sources of a stage.</summary>
    public int Sources { get; init; } = 1_000;

    /// <summary>Characters of the schemas and settings of a stage, all sources together: composing takes many times the memory of its texts.</summary>
    public int StageCharacters { get; init; } = 32 * 1024 * 1024;

    /// <summary>Stages of all graphs together.</summary>
    public int Stages { get; init; } = 1_000;

    /// <summary>Stages of one graph.</summary>
    public int StagesOfGraph { get; init; } = 100;

    /// <summary>Versions of a source.</summary>
    public int Versions { get; init; } = 100_000;

    /// <summary>Launches of a stage.</summary>
    public int Launches { get; init; } = 100_000;

    /// <summary>Launches of a stage that wait for approval.</summary>
    public int Awaiting { get; init; } = 1_000;

    /// <summary>Of a stage's drafts and rejected launches, which never were live, so many of the last are kept; older ones are forgotten.</summary>
    public int NeverLive { get; init; } = 1_000;

    /// <summary>Of how many of a stage's last launches that were live the supergraph is kept, to roll back to; and of how many that wait for approval, or did.</summary>
    public int Supergraphs { get; init; } = 100;

    /// <summary>Problems of a launch that are kept; of more, the first.</summary>
    public int Problems { get; init; } = 200;

    /// <summary>How often a change is composed anew because others have changed the stage meanwhile.</summary>
    public int Attempts { get; init; } = 20;

    /// <summary>Of what clients use.</summary>
    public UsageLimits Usage { get; init; } = new();

    /// <summary>Why a text is no name of a graph, a stage or a source; null where it is one.</summary>
    /// <param name="what">What it should name, such as <c>graph</c>.</param>
    /// <param name="name">The text.</param>
    public static string? FindProblem(string what, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= NameLength && char.IsAsciiLetterOrDigit(name[0])
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? null
            : $"The name of a {what} has 1 to {NameLength} letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.";
    }

    /// <summary>Whether a text has a character of value 0, or half of one: PostgreSQL takes neither, and no store is to take what another does not.</summary>
    internal static bool IsUnfit(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at]))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why what is said of a change cannot be kept; null where it can.</summary>
    internal static string? FindProblem(LaunchNote note) =>
        new[] { note.Author, note.Tag }.All(text => text is null || (text.Trim().Length > 0 && text.Length <= LabelLength && !text.Any(char.IsControl) && !IsUnfit(text)))
            ? null
            : $"A tag, and who publishes, have 1 to {LabelLength} characters, none of them a control character.";

    /// <summary>Why what is said of a rejection cannot be kept; null where it can.</summary>
    internal static string? FindProblem(LaunchRejection rejection) =>
        FindProblem(new LaunchNote(rejection.By, null))
        ?? (rejection.Reason is not { } reason || (reason.Trim().Length > 0 && reason.Length <= ReasonLength && !reason.Any(char.IsControl))
            ? null
            : $"A reason has 1 to {ReasonLength} characters, none of them a control character.");

    /// <summary>Why a source cannot be kept; null where it can.</summary>
    internal string? FindProblem(SourcePublication publication) =>
        FindProblem("source", publication.Source)
        ?? FindProblem(publication.Source, "schema", publication.Schema)
        ?? (publication.Settings is { } settings ? FindProblem(publication.Source, "settings", settings) : null)
        ?? (publication.Settings is { } read && SettingsSecrets.IsIn(read) ? SecretProblem(publication.Source) : null)
        ?? FindTextNameProblem(publication.Source, publication.SchemaName, publication.SettingsName)
        ?? (LongNames.FindLine(publication.Schema, SchemaNameLength) is { } line
            ? $"The schema of {publication.Source} has a name of more than {SchemaNameLength} characters, in line {line}: the registry takes none. Shorten it."
            : null)
        ?? FindUrlProblem(publication.Source, publication.Url);

    /// <summary>Why what messages call the texts of a source is no name; null where it is one.</summary>
    internal static string? FindTextNameProblem(string source, string? schemaName, string? settingsName) =>
        new[] { schemaName, settingsName }.All(name => name is null || (name.Length <= TextNameLength && !IsUnfit(name)))
            ? null
            : $"\"schemaName\" and \"settingsName\" of {source} have {TextNameLength} characters at most: shorten them, or leave them out.";

    /// <summary>What messages call a file; of a longer name the end, which tells most.</summary>
    /// <param name="file">Its name.</param>
    public static string TextNameOf(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        const string left = "…";
        var from = file.Length - TextNameLength + left.Length;
        return file.Length <= TextNameLength ? file : left + file[(char.IsLowSurrogate(file[from]) ? from + 1 : from)..];
    }

    /// <summary>Why a URL cannot be kept; null where it can. The URL itself may have a secret and is not told.</summary>
    internal static string? FindUrlProblem(string source, string? url) =>
        url is null ? null
        : IsUnfit(url) || url.Length > 2_000 || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")
            ? $"The URL of {source} is no absolute http or https URL of 2000 characters at most."
        : parsed.UserInfo.Length > 0 ? SecretProblem(source)
        : parsed.Fragment.Length > 0 || url.Any(char.IsWhiteSpace) ? $"The URL of {source} has a white space or a fragment (#) in it: no request is sent with such."
        : null;

    /// <summary>The first source that settings give a URL with a password; null where there is none.</summary>
    internal static string? FindSecret(IEnumerable<(string Source, Uri? Url)> sources) =>
        sources.FirstOrDefault(source => source.Url is { UserInfo.Length: > 0 }) is { Source: { } name } ? SecretProblem(name) : null;

    private static string SecretProblem(string source) =>
        $"The URL of {source} has a name or a password in it, and all who may read the registry would see it. Give the gateway a header for it instead.";

    private string? FindProblem(string source, string what, string text) =>
        Encoding.UTF8.GetByteCount(text) > TextBytes ? $"The {what} of {source} may have {TextBytes} bytes."
        : IsUnfit(text) ? $"The {what} of {source} has a character of value 0, or half of a character."
        : null;
}
