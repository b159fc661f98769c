using System.CommandLine;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>What <c>compose</c> and <c>check</c> are given: the source schemas, and which environment of their settings holds.</summary>
internal sealed class SourceArguments
{
    internal Argument<string> Sources { get; } = new("SOURCES")
    {
        Description = "A folder that holds a folder for each source schema, with schema.graphqls and schema-settings.json in it; "
            + "or a supergraph.yaml as rover reads it.",
    };

    internal Option<string?> Environment { get; } = new("--environment", "-e")
    {
        HelpName = "NAME",
        Description = "Which of the settings' environments fills in {{VARIABLES}}; left out: the only one.",
    };

    internal Option<bool?> GlobalIds { get; } = new("--enable-global-object-identification")
    {
        HelpName = "true|false",
        Description = "Whether the gateway answers Query.node(id:) and nodes(ids:) by reading the type from the id; left out: "
            + "where the sources do not all know the same nodes.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal Task<SourceFolderResult> Read(ParseResult parsed, CancellationToken cancellation) =>
        Read(parsed.GetRequiredValue(Sources), parsed.GetValue(Environment), cancellation);

    internal static async Task<SourceFolderResult> Read(string path, string? environment, CancellationToken cancellation) =>
        IsYaml(path) ? await SupergraphYaml.Read(path, cancellation) : SourceFolder.Read(path, environment);

    internal static bool IsYaml(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";
}
