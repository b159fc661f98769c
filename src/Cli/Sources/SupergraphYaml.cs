using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GraphGateway.Cli;

/// <summary>
/// Reads <c>supergraph.yaml</c> as Apollo's rover does
/// (<see href="https://www.apollographql.com/docs/rover/commands/supergraphs">rover supergraph compose</see>): subgraphs with
/// routing_url and schema: file, sdl or subgraph_url. A graphref needs Apollo's registry and is refused.
/// </summary>
internal sealed partial class SupergraphYaml
{
    private readonly string path;
    private readonly List<CompositionProblem> problems = [];
    private string yaml = "";
    private bool isWhole = true;

    private SupergraphYaml(string path) => this.path = path;

    internal static async Task<SourceFolderResult> Read(string path, CancellationToken cancellation)
    {
        var reader = new SupergraphYaml(path);
        var sources = ImmutableArray.CreateBuilder<SourceInput>();
        foreach (var (name, subgraph) in reader.Subgraphs())
        {
            if (await reader.ReadSubgraph(name, subgraph, cancellation) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                reader.isWhole = false;
            }
        }

        if (sources.Count == 0 && reader.problems.All(problem => problem.Severity == ProblemSeverity.Warning))
        {
            reader.Report(null, ProblemCode.SourceNotReadable, $"{path} lists no subgraph.", "Add one below \"subgraphs\".");
        }

        return new SourceFolderResult(sources.DrainToImmutable(), [.. reader.problems], reader.isWhole);
    }

    /// <summary>The files that the sources come from, for those who watch them; empty when the file is no good.</summary>
    internal static ImmutableArray<string> Files(string path)
    {
        var reader = new SupergraphYaml(path);
        return
        [
            path,
            .. reader.Subgraphs()
                .Select(subgraph => reader.Text(reader.Map(subgraph.Node, "schema", isRequired: false), "file"))
                .OfType<string>()
                .Select(reader.FilePath),
        ];
    }

    private IEnumerable<(string Name, YamlMappingNode Node)> Subgraphs()
    {
        if (Root() is not { } root)
        {
            yield break;
        }

        CheckKeys(root, "supergraph.yaml", "subgraphs", "federation_version");
        CheckVersion(root);
        if (Map(root, "subgraphs", isRequired: true) is not { } subgraphs)
        {
            yield break;
        }

        foreach (var (key, value) in subgraphs.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && value is YamlMappingNode subgraph)
            {
                yield return (name, subgraph);
            }
            else
            {
                isWhole = false;
                Report(value, ProblemCode.SettingsInvalid, "A subgraph needs a name, routing_url and schema.", "Write it as NAME: {routing_url: URL, schema: {file: PATH}}.");
            }
        }
    }

    private YamlMappingNode? Root()
    {
        var (bytes, reason) = SourceFile.Read(path);
        if (bytes is null || !Utf8.IsValid(bytes.Value.Span))
        {
            Report(null, ProblemCode.SourceNotReadable, $"{path} cannot be read: {reason ?? "it is not UTF-8."}", "Give a supergraph.yaml, or a folder of source schemas.");
            return null;
        }

        try
        {
            var stream = new YamlStream();
            yaml = Encoding.UTF8.GetString(bytes.Value.Span);
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            Report(null, ProblemCode.SettingsInvalid, $"{path} is no map with \"subgraphs\" in it.", "Write \"subgraphs:\" and the subgraphs below it.");
        }
        catch (YamlException exception)
        {
            problems.Add(new CompositionProblem
            {
                Code = ProblemCode.SettingsInvalid,
                Message = $"The file is not YAML: {exception.Message}",
                Hint = "Mend the YAML.",
                Places = [new ProblemPlace("", path, (int)exception.Start.Line, (int)exception.Start.Column)],
            });
        }

        return null;
    }

    private void CheckKeys(YamlMappingNode map, string owner, params string[] known)
    {
        foreach (var key in map.Children.Keys.OfType<YamlScalarNode>().Where(key => !known.Contains(key.Value)))
        {
            var near = Suggestions.DidYouMean(key.Value ?? "", known);
            Report(key, ProblemCode.SettingsUnknownKey, $"\"{key.Value}\" is no setting of {owner} and has no effect.{near}", "Remove it.", ProblemSeverity.Warning);
        }
    }

    // The version of a federation composer to download; here one composer knows them all.
    private void CheckVersion(YamlMappingNode root)
    {
        var node = Child(root, "federation_version");
        if (node is YamlScalarNode { Value: { } version } && !Version().IsMatch(version))
        {
            Report(node, ProblemCode.SettingsInvalid, $"\"{version}\" is no version of Apollo Federation.", "Write 1, 2 or a version such as =2.9.0, or leave it out.");
        }
    }

    private async Task<SourceInput?> ReadSubgraph(string name, YamlMappingNode subgraph, CancellationToken cancellation)
    {
        CheckKeys(subgraph, "a subgraph", "routing_url", "schema", "name");
        var count = problems.Count;
        var schema = Map(subgraph, "schema", isRequired: true);
        var introspected = Url(schema, "subgraph_url");
        var url = Url(subgraph, "routing_url") ?? introspected;
        if (schema is null || await ReadSchema(name, schema, introspected, cancellation) is not { } text)
        {
            return null;
        }

        if (url is null && problems.Count == count)
        {
            Report(
                subgraph, ProblemCode.SourceUrlMissing, $"The source {name} has no URL.", $"Write routing_url, or set Gateway:Subgraphs:{name}:Url where the gateway runs.", ProblemSeverity.Warning);
        }

        return new SourceInput { Name = name, Documents = [text], Settings = new SourceSettings { Url = url, UntoldDialect = SourceDialect.Apollo } };
    }

    private async Task<SourceText?> ReadSchema(string name, YamlMappingNode schema, Uri? introspected, CancellationToken cancellation)
    {
        if (Child(schema, "sdl") is { } twice && Child(schema, "file") is not null)
        {
            Report(twice, ProblemCode.SettingsInvalid, $"The schema of {name} is given twice, as file and as sdl.", "Keep one of them.");
            return null;
        }

        if (Text(schema, "file") is { } file)
        {
            var (bytes, reason) = SourceFile.Read(FilePath(file));
            if (bytes is null)
            {
                Report(Child(schema, "file"), ProblemCode.SourceNotReadable, $"{file} cannot be read: {reason}", "Paths are relative to the folder of supergraph.yaml.");
            }

            return bytes is null ? null : new SourceText(bytes.Value, FilePath(file));
        }

        if (introspected is not null)
        {
            var headers = Map(schema, "introspection_headers", isRequired: false)?.Children.Keys.OfType<YamlScalarNode>()
                .Select(key => KeyValuePair.Create(key.Value!, Text(Map(schema, "introspection_headers", isRequired: false), key.Value!) ?? "")) ?? [];
            var (sdl, reason) = await SubgraphIntrospection.Ask(introspected, headers, cancellation);
            if (sdl is null)
            {
                Report(
                    Child(schema, "subgraph_url"), ProblemCode.SourceNotReadable, $"{introspected} does not tell the schema of {name}: {reason}.", "Start the service, or give the schema as a file.");
            }

            return sdl is null ? null : new SourceText(sdl, introspected.ToString());
        }

        if (Text(schema, "sdl") is { } inline)
        {
            var node = (YamlScalarNode)Child(schema, "sdl")!;
            return InlineText.Of(inline, node, yaml, path) ?? new SourceText(inline, $"{path}:{node.Start.Line}:{node.Start.Column}: {name}");
        }

        if (Child(schema, "graphref") is { } graphref)
        {
            Report(
                graphref, ProblemCode.UnsupportedFeature, $"The schema of {name} is a graphref ({graphref}), which only Apollo's registry can resolve.", "Fetch it (rover subgraph fetch) and give it as a file, or give the service's subgraph_url.");
            return null;
        }

        if (Child(schema, "subgraph_url") is not null || Child(schema, "file") is not null || Child(schema, "sdl") is not null)
        {
            // What is wrong with it was told.
            return null;
        }

        Report(schema, ProblemCode.SettingsInvalid, $"Nothing says where the schema of {name} is.", "Write file, subgraph_url or sdl below \"schema\".");
        return null;
    }

    private string FilePath(string file) => Path.Combine(Path.GetDirectoryName(path) ?? "", file);

    private static YamlNode? Child(YamlMappingNode? map, string key) =>
        map?.Children.FirstOrDefault(child => child.Key is YamlScalarNode name && name.Value == key).Value;

    private YamlMappingNode? Map(YamlMappingNode parent, string key, bool isRequired)
    {
        var node = Child(parent, key);
        if (node is not YamlMappingNode && (node is not null || isRequired))
        {
            Report(node ?? parent, ProblemCode.SettingsInvalid, $"\"{key}\" is {(node is null ? "missing" : "no map")}.", $"Write \"{key}:\" and its settings below it, indented.");
        }

        return node as YamlMappingNode;
    }

    private Uri? Url(YamlMappingNode? map, string key)
    {
        if (Text(map, key) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        Report(Child(map, key), ProblemCode.SettingsInvalid, $"\"{text}\" is no URL of a service.", "Write an absolute http or https URL, such as http://localhost:5101/graphql.");
        return null;
    }

    /// <summary>A text, with <c>${env.NAME}</c> filled in as rover does; null where there is none or one of these is not set, which is told.</summary>
    private string? Text(YamlMappingNode? map, string key)
    {
        var node = Child(map, key);
        if (node is not YamlScalarNode { Value: { } text })
        {
            if (node is not null)
            {
                Report(node, ProblemCode.SettingsInvalid, $"\"{key}\" is no text.", $"Write \"{key}: TEXT\".");
            }

            return null;
        }

        var isSet = true;
        var filled = EnvironmentVariable().Replace(text, match =>
        {
            var value = Environment.GetEnvironmentVariable(match.Groups[1].Value);
            if (value is null)
            {
                isSet = false;
                Report(node, ProblemCode.SettingsInvalid, $"The environment variable {match.Groups[1].Value} is not set.", "Set it, or write the value.");
            }

            return value ?? "";
        });
        return isSet ? filled : null;
    }

    private void Report(YamlNode? at, ProblemCode code, string message, string hint, ProblemSeverity severity = ProblemSeverity.Error)
    {
        var problem = new CompositionProblem
        {
            Code = code,
            Severity = severity,
            Message = message,
            Hint = hint,
            Places = at is null ? [] : [new ProblemPlace("", path, (int)at.Start.Line, (int)at.Start.Column)],
        };
        // A value that is looked at twice is wrong once.
        if (problems.All(other => other.ToString() != problem.ToString()))
        {
            problems.Add(problem);
        }
    }

    [GeneratedRegex(@"\$\{env\.([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"^(=?[12](\.\d+){0,2}(-[a-z0-9.]+)?|latest-[12])$")]
    private static partial Regex Version();
}
