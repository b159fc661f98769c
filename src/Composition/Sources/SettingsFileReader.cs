using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>A read settings file.</summary>
internal sealed record SettingsFileResult(string Name, SourceSettings Settings);

/// <summary>
/// Reads <c>schema-settings.json</c> in the form of HotChocolate 16: name, transports.http (url, capabilities), preprocessor,
/// environments. <c>{{NAME}}</c> in a text is replaced by the environment's value. <c>extensions</c> are other programs' business.
/// </summary>
internal static partial class SettingsFileReader
{
    internal static SettingsFileResult? Read(SourceText text, string folderName, string? environment, ProblemSink problems)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text.Utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new Reader(text, environment, problems).Read(document.RootElement, folderName);
        }
        catch (JsonException exception)
        {
            problems.Add(new CompositionProblem
            {
                Code = ProblemCode.SettingsInvalid,
                Message = "The settings are not JSON: " + Reason(exception),
                Hint = "Mend the JSON, or remove the file to compose with the defaults.",
                Places = [new ProblemPlace(folderName, text.Name, Number(exception.LineNumber), Number(exception.BytePositionInLine))],
            });
            return null;
        }
    }

    private static int Number(long? zeroBased) => (int)(zeroBased ?? 0) + 1;

    // The exception's message repeats the position at its end; the place tells it already.
    private static string Reason(JsonException exception)
    {
        var at = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? exception.Message : exception.Message[..at];
    }

    private sealed class Reader(SourceText text, string? environment, ProblemSink problems)
    {
        private string name = "";
        private Dictionary<string, string> variables = [];
        private bool isValid = true;

        internal SettingsFileResult? Read(JsonElement root, string folderName)
        {
            name = folderName;
            if (root.ValueKind != JsonValueKind.Object)
            {
                Report("The settings are not a JSON object.", "Write an object such as {\"name\": \"" + folderName + "\"}.");
                return null;
            }

            name = Text(root, "name") ?? folderName;
            variables = Variables(Object(root, "environments"));
            var http = Object(Object(root, "transports"), "http");
            var capabilities = Object(http, "capabilities");
            var preprocessor = Object(root, "preprocessor");
            var settings = new SourceSettings
            {
                Url = Url(http),
                Dialect = Dialect(root),
                Batching = Batching(Object(capabilities, "batching")),
                SupportsSubscriptions = Flag(Object(capabilities, "subscriptions"), "supported"),
                InferKeysFromLookups = Flag(preprocessor, "inferKeysFromLookups") ?? true,
                InferShareable = Flag(preprocessor, "inferShareable") ?? false,
                InheritInterfaceKeys = Flag(preprocessor, "inheritInterfaceKeys") ?? true,
            };
            return isValid ? new SettingsFileResult(name, settings) : null;
        }

        private Dictionary<string, string> Variables(JsonElement? environments)
        {
            var all = environments?.EnumerateObject().ToArray() ?? [];
            var chosen = all.Where(entry => environment is null ? all.Length == 1 : entry.Name == environment).ToArray();
            if (chosen is [var one] && one.Value.ValueKind == JsonValueKind.Object)
            {
                return one.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ToString(), StringComparer.Ordinal);
            }

            if (environment is not null && all.Length > 0)
            {
                Report(
                    $"The settings have no environment \"{environment}\".",
                    $"Add it to \"environments\", or choose one of: {string.Join(", ", all.Select(entry => entry.Name))}.");
            }

            return [];
        }

        private Uri? Url(JsonElement? http)
        {
            if (Text(http, "url") is not { } value)
            {
                return null;
            }

            var filled = Variable().Replace(value, match =>
            {
                if (variables.TryGetValue(match.Groups[1].Value, out var replacement))
                {
                    return replacement;
                }

                Report(
                    $"The URL {value} needs a value for {match.Groups[1].Value}, and "
                    + (environment is null ? "no environment is chosen." : $"the environment \"{environment}\" has none."),
                    $"Give \"environments\" a value for {match.Groups[1].Value} and choose one with --environment NAME.");
                return match.Value;
            });
            if (!isValid || Uri.TryCreate(filled, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return isValid ? new Uri(filled) : null;
            }

            Report($"\"{filled}\" is no URL of a service.", "Write an absolute http or https URL, such as http://localhost:5101/graphql.");
            return null;
        }

        private SourceDialect? Dialect(JsonElement root)
        {
            switch (Text(root, "dialect")?.ToUpperInvariant())
            {
                case null:
                    return null;
                case "COMPOSITE":
                    return SourceDialect.Composite;
                case "APOLLO":
                    return SourceDialect.Apollo;
                case var other:
                    Report($"The dialect \"{other}\" is not known.", "Write \"composite\" or \"apollo\", or leave it out: the schema's directives tell it.");
                    return null;
            }
        }

        private SourceBatching? Batching(JsonElement? batching)
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

        private JsonElement? Object(JsonElement? parent, string property) => Property(parent, property, "an object", JsonValueKind.Object);

        private string? Text(JsonElement? parent, string property) => Property(parent, property, "a text", JsonValueKind.String)?.GetString();

        private bool? Flag(JsonElement? parent, string property) =>
            Property(parent, property, "true or false", JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

        private JsonElement? Property(JsonElement? parent, string property, string expected, params ReadOnlySpan<JsonValueKind> kinds)
        {
            if (parent is not { ValueKind: JsonValueKind.Object } element
                || !element.TryGetProperty(property, out var value)
                || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (kinds.Contains(value.ValueKind))
            {
                return value;
            }

            Report($"\"{property}\" is {value.GetRawText()}, but must be {expected}.", $"Change \"{property}\" or remove it.");
            return null;
        }

        private void Report(string message, string hint)
        {
            isValid = false;
            problems.Error(ProblemCode.SettingsInvalid, message, hint, new Place(name, text, 0));
        }
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")]
    private static partial Regex Variable();
}
