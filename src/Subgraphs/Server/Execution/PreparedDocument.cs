using System.Collections.Immutable;
using System.Security.Cryptography;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Subgraphs.Server;

/// <summary>A document that was parsed and validated once, or why it cannot run.</summary>
internal sealed class PreparedDocument
{
    private PreparedDocument(SourceText source, DocumentNode? document, ImmutableArray<GraphQLError> errors)
    {
        Source = source;
        Errors = errors;
        Operations = document is null ? [] : [.. document.Definitions.OfType<OperationDefinitionNode>()];
        Fragments = (document?.Definitions.OfType<FragmentDefinitionNode>() ?? [])
            .DistinctBy(fragment => fragment.Name.Value)
            .ToDictionary(fragment => fragment.Name.Value);
    }

    public SourceText Source { get; }

    /// <summary>What the log calls the document: <c>sha256:</c> and hexadecimal digits, the id that persisted documents have.</summary>
    public string Hash => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Source.Utf8.Span))}";

    /// <summary>Empty when it can run.</summary>
    public ImmutableArray<GraphQLError> Errors { get; }

    public ImmutableArray<OperationDefinitionNode> Operations { get; }

    public IReadOnlyDictionary<string, FragmentDefinitionNode> Fragments { get; }

    /// <summary>Parses and validates (Spec §6.1.1: only a valid document is executed). The bytes are kept.</summary>
    public static PreparedDocument Prepare(BoundSchema schema, byte[] utf8, DocumentLimits limits)
    {
        var source = new SourceText(utf8);
        var parsed = Parser.ParseDocument(source, limits.Parser);
        if (!parsed.IsSuccess)
        {
            return new PreparedDocument(source, null, [parsed.Error]);
        }

        var options = new ValidationOptions
        {
            CustomScalar = (type, literal) => schema.Scalar(type).Parse(new ScalarInput(literal, new Dictionary<string, object?>())).Error,
        };
        var validated = Validator.Validate(schema.Schema, parsed.Value, options);
        return new PreparedDocument(source, parsed.Value, validated.IsValid ? limits.Check(validated.Document) : validated.Errors);
    }

    /// <summary>
    /// GetOperation(): <see href="https://spec.graphql.org/September2025/#sec-Executing-Requests">Spec §6.1</see>; the messages are graphql-js's.
    /// </summary>
    public OperationDefinitionNode? FindOperation(string? name, out string message)
    {
        message = "";
        if (name is not null)
        {
            message = $"Unknown operation named \"{name}\".";
            return Operations.FirstOrDefault(operation => operation.Name?.Value == name);
        }

        message = Operations.IsEmpty ? "Must provide an operation." : "Must provide operation name if query contains multiple operations.";
        return Operations.Length == 1 ? Operations[0] : null;
    }
}
