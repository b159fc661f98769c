using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// Coerces the variables of a request to the types that the operation declares
/// (<see href="https://spec.graphql.org/September2025/#CoerceVariableValues()">Spec §6.1.2, CoerceVariableValues</see>). Messages are
/// graphql-js's; the code is <c>BAD_USER_INPUT</c>.
/// </summary>
public static class VariableCoercion
{
    /// <summary>After so many errors one more says that coercion stopped.</summary>
    public const int MaxErrors = 50;

    /// <summary>Nesting of lists and objects, the object of all variables included.</summary>
    public const int MaxDepth = 100;

    /// <inheritdoc cref="Coerce(Schema, SourceText, OperationDefinitionNode, JsonElement?, ScalarCoercions?, bool)"/>
    public static VariableCoercionResult Coerce(
        ValidOperation operation, JsonElement? variables, ScalarCoercions? scalars = null, bool suggestions = true) =>
        Coerce(operation.Document.Schema, operation.Document.Document.Source, operation.Definition, variables, scalars, suggestions);

    /// <summary>
    /// The values of the operation's variables out of the request's <c>variables</c>: an object, or null or undefined for none. What the
    /// operation does not declare is passed over. <paramref name="suggestions"/>: whether messages end with "Did you mean ...?", which tells
    /// names of the schema.
    /// </summary>
    public static VariableCoercionResult Coerce(
        Schema schema,
        SourceText source,
        OperationDefinitionNode operation,
        JsonElement? variables,
        ScalarCoercions? scalars = null,
        bool suggestions = true)
    {
        if (operation.VariableDefinitions.IsEmpty)
        {
            return new VariableCoercionResult(VariableValues.Empty, []);
        }

        var errors = new CoercionErrors(source, MaxErrors, suggestions);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var provided = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            errors.Report("Variables must be provided as an Object where each property is a variable value.");
        }
        else if (variables is { } all && JsonGuard.FindProblem(all, MaxDepth) is { } problem)
        {
            errors.Report($"The variables cannot be read: they {problem}");
        }
        else
        {
            scalars ??= ScalarCoercions.PassThrough;
            foreach (var definition in operation.VariableDefinitions)
            {
                if (variables is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(definition.Variable.Name.Value, out var json))
                {
                    provided.Add(definition.Variable.Name.Value, json);
                    CoerceProvided(schema, definition, json, values, errors, scalars);
                }
                else
                {
                    CoerceMissing(schema, definition, values, errors, scalars);
                }

                if (errors.IsFull)
                {
                    break;
                }
            }
        }

        return errors.IsEmpty
            ? new VariableCoercionResult(new VariableValues(values, provided), [])
            : new VariableCoercionResult(null, errors.ToImmutable());
    }

    private static void CoerceMissing(
        Schema schema, VariableDefinitionNode definition, Dictionary<string, object?> values, CoercionErrors errors, ScalarCoercions scalars)
    {
        var name = definition.Variable.Name.Value;
        if (InputTypeOf(schema, definition, errors) is not { } type)
        {
            return;
        }

        if (definition.DefaultValue is { } defaultValue)
        {
            values[name] = LiteralCoercion.TryCoerce(defaultValue, type, VariableValues.Empty, scalars, out var value) ? value : null;
        }
        else if (type.IsNonNull)
        {
            errors.Report($"Variable \"${name}\" of required type \"{type}\" was not provided.", definition.Start);
        }
    }

    private static void CoerceProvided(
        Schema schema,
        VariableDefinitionNode definition,
        JsonElement json,
        Dictionary<string, object?> values,
        CoercionErrors errors,
        ScalarCoercions scalars)
    {
        var name = definition.Variable.Name.Value;
        if (InputTypeOf(schema, definition, errors) is not { } type)
        {
            return;
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            if (type.IsNonNull)
            {
                errors.Report($"Variable \"${name}\" of non-null type \"{type}\" must not be null.", definition.Start);
            }

            values[name] = null;
        }
        else
        {
            values[name] = new JsonCoercion(definition, errors, scalars).Coerce(json, type);
        }
    }

    // Validation has checked the type already; a caller with an unchecked operation gets graphql-js's message.
    private static GraphQLType? InputTypeOf(Schema schema, VariableDefinitionNode definition, CoercionErrors errors)
    {
        var type = schema.TypeFrom(definition.Type);
        if (type is not null && type.Named.IsInputType)
        {
            return type;
        }

        errors.Report(
            $"Variable \"${definition.Variable.Name}\" expected value of type \"{definition.Type}\" which cannot be used as an input type.",
            definition.Type.Start);
        return null;
    }
}
