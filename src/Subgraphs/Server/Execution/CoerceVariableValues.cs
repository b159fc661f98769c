using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>The variables' values, or what is wrong with them.</summary>
internal sealed record CoercedVariables(IReadOnlyDictionary<string, object?> Values, ImmutableArray<GraphQLError> Errors);

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values">Spec §6.1.2, Coercing Variable Values</see>. The messages are
/// graphql-js's.
/// </summary>
internal static class CoerceVariableValues
{
    /// <summary>As many as graphql-js gives: a list of a million wrong items is not a million errors.</summary>
    private const int MaxErrors = 50;

    /// <summary>CoerceVariableValues().</summary>
    public static CoercedVariables Coerce(BoundSchema schema, SourceText source, OperationDefinitionNode operation, JsonElement given)
    {
        var values = new Dictionary<string, object?>();
        var errors = ImmutableArray.CreateBuilder<GraphQLError>();
        if (given.ValueKind == JsonValueKind.Object && !WellFormedText.Is(given))
        {
            return new CoercedVariables(values, [new GraphQLError { Message = "The variables have a string that is not valid Unicode.", Code = ErrorCode.BadUserInput }]);
        }

        bool IsFull() => errors.Count > MaxErrors;
        foreach (var definition in operation.VariableDefinitions)
        {
            var name = definition.Variable.Name.Value;
            void Report(string message)
            {
                if (!IsFull())
                {
                    errors.Add(errors.Count < MaxErrors
                        ? GraphQLError.At(source, message, ErrorCode.BadUserInput, definition.Start)
                        : new GraphQLError { Message = "Too many errors processing variables, error limit reached. Execution aborted.", Code = ErrorCode.BadUserInput });
                }
            }

            if (schema.Schema.TypeFrom(definition.Type) is not { } type || !type.Named.IsInputType)
            {
                Report($"Variable \"${name}\" expected value of type \"{definition.Type}\" which cannot be used as an input type.");
                continue;
            }

            if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(name, out var value))
            {
                if (definition.DefaultValue is not null)
                {
                    if (LiteralCoercion.TryCoerce(schema, definition.DefaultValue, type, LiteralCoercion.NoVariables, out var defaultValue))
                    {
                        values[name] = defaultValue;
                    }
                    else
                    {
                        Report($"Variable \"${name}\" has an invalid default value {LiteralText.Print(definition.DefaultValue)}.");
                    }
                }
                else if (type.IsNonNull)
                {
                    Report($"Variable \"${name}\" of required type \"{type}\" was not provided.");
                }

                continue;
            }

            if (value.ValueKind == JsonValueKind.Null && type.IsNonNull)
            {
                Report($"Variable \"${name}\" of non-null type \"{type}\" must not be null.");
                continue;
            }

            var coercion = new InputCoercion(schema, IsFull, (path, shown, message) =>
                Report($"Variable \"${name}\" got invalid value {shown}{(path.Length > 0 ? $" at \"{name}{path}\"" : "")}; {message}"));
            values[name] = coercion.Coerce(value, type, path: "");
        }

        return new CoercedVariables(values, errors.DrainToImmutable());
    }
}
