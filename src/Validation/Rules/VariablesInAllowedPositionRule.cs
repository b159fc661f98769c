using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A variable's type fits where the variable is used
/// (<see href="https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed">Spec §5.8.5</see>).
/// </summary>
internal sealed class VariablesInAllowedPositionRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveOperation(OperationDefinitionNode node)
    {
        if (node.VariableDefinitions.IsEmpty)
        {
            return;
        }

        var definitions = new Dictionary<string, VariableDefinitionNode>(StringComparer.Ordinal);
        foreach (var definition in node.VariableDefinitions)
        {
            definitions[definition.Variable.Name.Value] = definition;
        }

        foreach (var usage in Context.Fragments.UsagesIn(node))
        {
            if (usage.Type is not null
                && definitions.TryGetValue(usage.Node.Name.Value, out var definition)
                && Context.Schema.TypeFrom(definition.Type) is { } type)
            {
                Check(usage, usage.Type, definition, type);
            }
        }
    }

    private void Check(VariableUsage usage, GraphQLType location, VariableDefinitionNode definition, GraphQLType type)
    {
        var name = usage.Node.Name.Value;
        if (!IsAllowed(type, definition.DefaultValue, location, usage.DefaultValue))
        {
            Context.Report(
                $"Variable \"${name}\" of type \"{type}\" used in position expecting type \"{location}\".",
                definition.Start,
                usage.Node.Start);
        }

        if (usage.ParentType?.Nullable is InputObjectType { IsOneOf: true } oneOf && !type.IsNonNull)
        {
            Context.Report(
                $"Variable \"${name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf}\".",
                definition.Start,
                usage.Node.Start);
        }
    }

    /// <summary>Spec IsVariableUsageAllowed: a default, here or there, lets a nullable variable stand where non-null is asked.</summary>
    private static bool IsAllowed(GraphQLType type, ValueNode? variableDefault, GraphQLType location, ValueNode? locationDefault)
    {
        if (location is not NonNullType nonNull || type.IsNonNull)
        {
            return Schema.IsSubtype(type, location);
        }

        var hasDefault = variableDefault is not (null or NullValueNode) || locationDefault is not null;
        return hasDefault && Schema.IsSubtype(type, nonNull.OfType);
    }
}
