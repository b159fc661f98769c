using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>A read settings file.</summary>
/// <param name="Name">The source's name; the folder's where the file has none.</param>
/// <param name="NamePlace">Where the file names it.</param>
/// <param name="Settings">What it says; a setting that is wrong, which was told, has its default.</param>
internal sealed record SettingsFileResult(string Name, Place? NamePlace, SourceSettings Settings);

/// <summary>
/// Reads <c>schema-settings.json</c> as HotChocolate 16 exports it: name, transports.http (url, capabilities), preprocessor,
/// environments. <c>{{NAME}}</c> in a text is replaced by the environment's value; where it is the whole text, the value keeps its kind.
/// <c>extensions</c> (but for <c>chillicream.apolloFederationSupport</c>, which says that the source writes Apollo's dialect)
/// is kept for other programs; <c>clientName</c>, <c>devUrl</c>, <c>formats</c> and <c>onError</c> are other programs' business.
/// </summary>
internal sealed class SettingsFileReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SourceText text;
    private readonly ProblemSink problems;
    private readonly string name;
    private readonly SettingsVariables variables;
    private readonly HashSet<(int Offset, string Message)> reported = [];
    private readonly Uri? url;
    private bool isValid = true;

    private SettingsFileReader(SourceText text, string name, SettingsVariables variables, ProblemSink problems, Uri? url)
    {
        this.url = url;
        this.text = text;
        this.name = name;
        this.variables = variables;
        this.problems = problems;
    }

    /// <summary>The settings. What is wrong with them is told.</summary>
    /// <param name="text">The file.</param>
    /// <param name="folderName">The source's name where the file has none.</param>
    /// <param name="environment">Whose values fill in variables; null: the only one's.</param>
    /// <param name="problems">Where to.</param>
    /// <param name="url">Where the source answers; null: the file tells.</param>
    internal static SettingsFileResult Read(SourceText text, string folderName, string? environment, ProblemSink problems, Uri? url = null)
    {
        if (SettingsNode.Parse(text, folderName, problems) is not { } root)
        {
            return new SettingsFileResult(folderName, null, new SourceSettings());
        }

        if (!root.IsObject)
        {
            problems.Error(
                ProblemCode.SettingsInvalid,
                "The settings are not a JSON object.",
                "Write an object such as {\"name\": \"" + folderName + "\"}.",
                new Place(folderName, text, root.Offset));
            return new SettingsFileResult(folderName, null, new SourceSettings());
        }

        var name = root.Find("name") is { Kind: JsonTokenType.String } named ? named.Text : folderName;
        var variables = SettingsVariables.Read(root.Find("environments"), environment, text, name, problems);
        return new SettingsFileReader(text, name, variables, problems, url).Read(root);
    }

    private SettingsFileResult Read(SettingsNode root)
    {
        SettingsKeys.Check(root, text, name, problems);
        Text(root, "name");
        CheckWithoutEffect(root);
        var http = Object(Object(root, "transports"), "http");
        var capabilities = Object(http, "capabilities");
        var preprocessor = Object(root, "preprocessor");
        var settings = new SourceSettings
        {
            Url = url ?? Url(http),
            Dialect = Dialect(root),
            Batching = Batching(Object(capabilities, "batching")),
            SupportsSubscriptions = Flag(Object(capabilities, "subscriptions"), "supported"),
            InferKeysFromLookups = Flag(preprocessor, "inferKeysFromLookups") ?? true,
            InferShareable = Flag(preprocessor, "inferShareable") ?? false,
            InheritInterfaceKeys = Flag(preprocessor, "inheritInterfaceKeys") ?? true,
            ExcludeByTag = Texts(preprocessor, "excludeByTag"),
            Extensions = root.Find("extensions") is null ? null : ExtensionsOf(text),
        };
        if (isValid && !variables.IsUnknown && settings.Url is null)
        {
            MissingUrl(name, problems, new Place(name, text, (http ?? root).Offset));
        }

        Place? namePlace = root.Find("name") is { } named ? new Place(name, text, named.Offset) : null;
        return new SettingsFileResult(name, namePlace, settings);
    }

    /// <summary>Warns that nothing says where a source answers.</summary>
    internal static void MissingUrl(string name, ProblemSink problems, params IEnumerable<Place> places) => problems.Warning(
        ProblemCode.SourceUrlMissing,
        $"The source {name} has no URL.",
        $"Write \"transports\": {{\"http\": {{\"url\": \"http://...\"}}}} in {SourceFolder.SettingsFile}, "
        + $"or set Gateway:Subgraphs:{name}:Url where the gateway runs.",
        places);

    // Settings of other gateways that would change what clients get, and do not here.
    private void CheckWithoutEffect(SettingsNode root)
    {
        if (Text(root, "version") is { } version && version.Split('.')[0] == "1")
        {
            Report(
                [root.Find("version")!],
                $"Version {version} stands for the conventions of Fusion 1, which are not supported.",
                "Mark lookups with @lookup in the schema, and remove \"version\".");
        }

        foreach (var section in new[] { "parser", "preprocessor" })
        {
            var node = Object(root, section);
            if (Flag(node, "enableSchemaValidation") == false)
            {
                Warn(node!.Find("enableSchemaValidation")!, $"\"{section}.enableSchemaValidation\" has no effect: schemas are always validated.");
            }
        }

        if (Object(root, "satisfiability")?.Find("ignoredNonAccessibleFields") is { } ignored)
        {
            Warn(ignored, "\"satisfiability.ignoredNonAccessibleFields\" has no effect: a field that no source can serve is always refused.");
        }

        var transports = Object(root, "transports");
        if (transports?.Find("websockets") is { } webSockets)
        {
            Warn(webSockets, "\"transports.websockets\" has no effect: sources are called over HTTP.");
        }

        if (Object(transports, "subscriptions")?.Find("transport") is { Text: "ws" } transport)
        {
            Warn(transport, "\"transports.subscriptions.transport\" has no effect: sources are called over HTTP.");
        }
    }

    private Uri? Url(SettingsNode? http)
    {
        if (TextNode(http, "url") is not { } url)
        {
            return null;
        }

        if (Uri.TryCreate(url.Text, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
        {
            return parsed;
        }

        Report(
            [url, http!.Find("url")!],
            $"{url} is no URL of a service.",
            "Write an absolute http or https URL, such as http://localhost:5101/graphql.");
        return null;
    }

    private SourceDialect? Dialect(SettingsNode root)
    {
        var dialect = TextNode(root, "dialect");
        switch (dialect?.Text.ToUpperInvariant())
        {
            case null:
                return SupportsApollo(root) ? SourceDialect.Apollo : null;
            case "COMPOSITE":
                return SourceDialect.Composite;
            case "APOLLO":
                return SourceDialect.Apollo;
            default:
                Report(
                    [dialect, root.Find("dialect")!],
                    $"The dialect {dialect} is not known.{Suggestions.DidYouMean(dialect.Text, ["composite", "apollo"])}",
                    "Write \"composite\" or \"apollo\", or leave it out: the schema's directives tell it.");
                return null;
        }
    }

    // Without spaces and comments.
    private static string ExtensionsOf(SourceText text)
    {
        using var document = JsonDocument.Parse(text.Utf8, Lenient);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsWritten))
        {
            document.RootElement.GetProperty("extensions").WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Other programs' business is not checked: what has another shape says nothing.
    private static bool SupportsApollo(SettingsNode root) =>
        root.Find("extensions")?.Find("chillicream")?.Find("apolloFederationSupport") is { IsObject: true };

    private SourceBatching? Batching(SettingsNode? batching)
    {
        if (batching is null)
        {
            return null;
        }

        // any server can repeat a field under aliases, so that only "false" takes it away
        return (Flag(batching, "variableBatching") == true ? SourceBatching.Variables : SourceBatching.None)
            | (Flag(batching, "requestBatching") == true ? SourceBatching.Requests : SourceBatching.None)
            | (Flag(batching, "aliasBatching") != false ? SourceBatching.Aliases : SourceBatching.None);
    }

    private SettingsNode? Object(SettingsNode? parent, string property) =>
        Property(parent, property, "an object", JsonTokenType.StartObject);

    private string? Text(SettingsNode? parent, string property) => TextNode(parent, property)?.Text;

    private SettingsNode? TextNode(SettingsNode? parent, string property) => Property(parent, property, "a text", JsonTokenType.String);

    private bool? Flag(SettingsNode? parent, string property) =>
        Property(parent, property, "true or false", JsonTokenType.True, JsonTokenType.False)?.Kind switch
        {
            null => null,
            var kind => kind == JsonTokenType.True,
        };

    private ImmutableArray<string> Texts(SettingsNode? parent, string property)
    {
        var list = Property(parent, property, "a list of texts", JsonTokenType.StartArray);
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list?.Items ?? [])
        {
            if (item.Kind == JsonTokenType.String)
            {
                texts.Add(item.Text);
            }
            else
            {
                Report([item], $"\"{property}\" has {item} in it, but must be a list of texts.", $"Change \"{property}\" or remove it.");
            }
        }

        return texts.DrainToImmutable();
    }

    private SettingsNode? Property(SettingsNode? parent, string property, string expected, params ReadOnlySpan<JsonTokenType> kinds)
    {
        if (parent?.Find(property) is not { } written || (variables.IsUnknown && SettingsVariables.IsNeededBy(written)))
        {
            return null;
        }

        if (variables.IsTooLong(written))
        {
            Report(
                [written],
                $"{written} has more than {SettingsVariables.MostCharacters} characters with its variables filled in.",
                "Shorten it, or the values of its variables.");
            return null;
        }

        var value = variables.Fill(written, out var missing);
        foreach (var variable in missing)
        {
            Report(
                [written],
                $"{written} needs a value for {variable}, and {variables.Described}.",
                $"Give \"environments\" a value for {variable} and choose one with --environment NAME.");
        }

        var unfit = variables.Unfit(written).ToArray();
        foreach (var variable in unfit)
        {
            Report(
                [variable.Value, written],
                $"{variable.Name} is {variable.Value}, and cannot stand inside {written}.",
                $"Give {variable.Name} a text, a number, true or false.");
        }

        if (!missing.IsEmpty || unfit.Length > 0)
        {
            return null;
        }

        if (!kinds.Contains(value.Kind))
        {
            Report([value, written], $"\"{property}\" is {value}, but must be {expected}.", $"Change \"{property}\" or remove it.");
            return null;
        }

        return value;
    }

    // What is wrong, and where it is used when that is elsewhere: the value of a variable.
    private void Report(ReadOnlySpan<SettingsNode> at, string message, string hint)
    {
        isValid = false;
        if (reported.Add((at[0].Offset, message)))
        {
            problems.Error(ProblemCode.SettingsInvalid, message, hint, [.. at.ToArray().Select(node => new Place(name, text, node.Offset))]);
        }
    }

    private void Warn(SettingsNode at, string message) =>
        problems.Warning(ProblemCode.SettingsInvalid, message, "Remove it, or keep it for the gateway that reads it.", new Place(name, text, at.Offset));
}
