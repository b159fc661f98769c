using System.Text;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Benchmarks;

/// <summary>What is done with a document.</summary>
internal enum LanguageTask
{
    /// <summary>Text to tree.</summary>
    Parse,

    /// <summary>Tree to valid document.</summary>
    Validate,

    /// <summary>Text to normal form of every operation; the other side stops after validation.</summary>
    All,
}

/// <summary>A document to measure with.</summary>
/// <param name="Name">The file's name, or what a generated document is.</param>
/// <param name="Text">The document.</param>
/// <param name="Schema">The name of the schema that it is valid on; null for a schema's own text.</param>
/// <param name="Variables">JSON with the variables that its operations require.</param>
internal sealed record LanguageDocument(string Name, string Text, string? Schema = null, string Variables = "{}")
{
    /// <summary>Size in bytes of UTF-8.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Text);
}

/// <summary>One row: a task on a document.</summary>
internal sealed record LanguageCase(LanguageTask Task, LanguageDocument Document)
{
    private static readonly ParserOptions Unlimited = new() { MaxBytes = 0, MaxTokens = 0, MaxDepth = 0 };

    // Texts come as bytes over the network; their decoding is part of the other side's work before it is measured.
    private readonly SourceText source = new(Document.Text);

    /// <summary>Our side of the case.</summary>
    public Func<object> Ours(IReadOnlyDictionary<string, Schema> schemas)
    {
        var schema = Document.Schema is null ? null : schemas[Document.Schema];
        switch (Task)
        {
            case LanguageTask.Parse:
                return () => Parser.ParseDocument(source, Unlimited).Value!;
            case LanguageTask.Validate:
                var tree = Parser.ParseDocument(source, Unlimited).Value!;
                return () => Validator.Validate(schema!, tree);
            default:
                return All(schema!);
        }
    }

    /// <summary>How many errors our side finds, which is how many the other side must find.</summary>
    public int ErrorCount(IReadOnlyDictionary<string, Schema> schemas) => Document.Schema is null
        ? 0
        : Validator.Validate(schemas[Document.Schema], Parser.ParseDocument(source, Unlimited).Value!).Errors.Length;

    private Func<object> All(Schema schema)
    {
        var document = Validator.Validate(schema, Parser.ParseDocument(source, Unlimited).Value!).Document!;
        var variables = document.Operations.Select(Variables).ToArray();
        return () => Normalize(Validator.Validate(schema, Parser.ParseDocument(source, Unlimited).Value!).Document!, variables);
    }

    // They decide @skip and @include; only which way they do is of interest here.
    private VariableValues Variables(ValidOperation operation)
    {
        using var json = JsonDocument.Parse(Document.Variables);
        return VariableCoercion.Coerce(operation, json.RootElement).Values
            ?? throw new InvalidOperationException($"The variables of {Document.Name} are not those that it defines.");
    }

    private static NormalizedOperation[] Normalize(ValidDocument document, VariableValues[] variables)
    {
        var operations = new NormalizedOperation[document.Operations.Length];
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = document.Operations[i];
            operations[i] = Normalizer.Normalize(operation, OperationConditions.Of(operation).Read(variables[i]).Values!).Operation!;
        }

        return operations;
    }
}
