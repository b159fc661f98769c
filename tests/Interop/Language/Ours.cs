using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Interop.Language;

/// <summary>The same questions, answered by this project.</summary>
internal static class Ours
{
    // The reference has no limits of its own.
    private static readonly ParserOptions NoLimits = new() { MaxTokens = 0, MaxBytes = 0, MaxDepth = 0 };

    public static Schema Schema(string sdl)
    {
        // Real schemas do not always keep the newest rules.
        var options = new SchemaBuilderOptions { AllowLegacySchemas = true };
        var result = SchemaBuilder.Build(Parser.ParseDocument(new SourceText(sdl), NoLimits).Value!, options);
        return result.Schema ?? throw new InvalidOperationException(string.Join('\n', result.Errors.Select(static error => Find(error).Text)));
    }

    public static ImmutableArray<Finding> ValidateDocument(Schema schema, string text, int maxErrors)
    {
        var document = Parser.ParseDocument(new SourceText(text), NoLimits);
        return document.IsSuccess
            ? Findings(Validator.Validate(schema, document.Value, new ValidationOptions { MaxErrors = maxErrors }).Errors)
            : [Find(document.Error)];
    }

    public static ImmutableArray<Finding> ValidateDefinitions(string text)
    {
        var document = Parser.ParseDocument(new SourceText(text), NoLimits);
        return document.IsSuccess ? Findings(SchemaBuilder.Build(document.Value).Errors) : [Find(document.Error)];
    }

    public static string ParseText(string kind, string text, int maxTokens)
    {
        var source = new SourceText(text);
        var options = NoLimits with { MaxTokens = maxTokens };
        return kind switch
        {
            "value" => Show(Parser.ParseValue(source, options)),
            "type" => Show(Parser.ParseType(source, options)),
            _ => Show(Parser.ParseDocument(source, options)),
        };
    }

    /// <summary>The answer to an introspection query, as <c>{"data": ...}</c>.</summary>
    public static string Introspect(Schema schema, string query)
    {
        var document = Validator.Validate(schema, Parser.ParseDocument(new SourceText(query), NoLimits).Value!).Document!;
        var operation = document.Operations[0];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            var conditions = OperationConditions.Of(operation).Read(VariableValues.Empty).Values!;
            foreach (var field in Normalizer.Normalize(operation, conditions).Operation!.SelectionSet.Fields)
            {
                writer.WritePropertyName(field.ResponseKey);
                if (IntrospectionExecutor.Write(writer, schema, field, document.Document.Source, VariableValues.Empty) is { } error)
                {
                    throw new InvalidOperationException(error.Message);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Show<T>(ParseResult<T> result) where T : SyntaxNode =>
        result.IsSuccess ? Printer.Print(result.Value) : Find(result.Error).Text;

    private static ImmutableArray<Finding> Findings(IEnumerable<GraphQLError> errors) => [.. errors.Select(Find)];

    // A message may quote half a surrogate pair, which no pipe carries.
    private static Finding Find(GraphQLError error) => new(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Message)), error.Locations, null);
}
