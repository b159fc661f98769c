using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// Answers <c>__schema</c> and <c>__type</c> from a schema, without any source
/// (<see href="https://spec.graphql.org/September2025/#sec-Introspection">Spec §4</see>). Answers are graphql-js's.
/// </summary>
public static class IntrospectionExecutor
{
    /// <summary>True for the fields that this class answers; <c>__typename</c> is not one of them.</summary>
    public static bool IsIntrospection(Schema schema, FieldDefinition field) => field == schema.SchemaField || field == schema.TypeField;

    /// <summary>
    /// Writes the value of a <c>__schema</c> or <c>__type</c> field (the property's name is the caller's). When the field has an error the
    /// value written is null, and the error is returned without a path.
    /// </summary>
    /// <param name="writer">Stands where a value is due.</param>
    /// <param name="schema">The schema that is told.</param>
    /// <param name="field">A field of the query root.</param>
    /// <param name="source">The text of the document.</param>
    /// <param name="variables">The request's coerced variables.</param>
    /// <param name="view">The part of the schema that is told; null for all of it.</param>
    public static GraphQLError? Write(
        Utf8JsonWriter writer, Schema schema, NormalizedField field, SourceText source, VariableValues variables, SchemaView? view = null)
    {
        var arguments = ArgumentCoercion.Coerce(field.Definition.Arguments, field.Arguments, field.Node, source, variables);
        if (!arguments.IsSuccess)
        {
            writer.WriteNullValue();
            return arguments.Error;
        }

        var answer = new IntrospectionAnswer(writer, schema, source, variables, view);
        if (field.Definition == schema.SchemaField)
        {
            answer.WriteSchema(field.SelectionSet!);
        }
        else if (field.Definition == schema.TypeField)
        {
            var type = schema.FindType((string)arguments.Values["name"]!);
            answer.WriteType(type is null || view?.Shows(type) == false ? null : type, field.SelectionSet!);
        }
        else
        {
            throw new ArgumentException($"{field.Definition} is not an introspection field.", nameof(field));
        }

        return null;
    }

    /// <summary>
    /// The same for an executor that works on the syntax tree: <paramref name="nodes"/> are all nodes of one response key on the query root,
    /// as CollectFields groups them.
    /// </summary>
    public static GraphQLError? Write(
        Utf8JsonWriter writer, ValidOperation operation, IReadOnlyList<FieldNode> nodes, VariableValues variables)
    {
        var (conditions, error) = OperationConditions.Of(operation).Read(variables);
        NormalizedField? field = null;
        if (conditions is not null)
        {
            (field, error) = Normalizer.NormalizeField(operation.Document, operation.RootType, nodes, conditions);
        }

        if (field is null)
        {
            writer.WriteNullValue();
            return error;
        }

        return Write(writer, operation.Document.Schema, field, operation.Document.Document.Source, variables);
    }
}
