using System.Runtime.CompilerServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The default of an input field does not contain itself through the defaults of the fields that it leaves out, because coercing it would
/// not end (<see href="https://spec.graphql.org/September2025/#InputObjectDefaultValueHasCycle()">Spec §3.10, InputObjectDefaultValueHasCycle</see>;
/// graphql-js 16 does not check it).
/// </summary>
internal sealed class InputDefaultCycles
{
    private readonly SchemaRuleContext context;
    private readonly HashSet<InputValueDefinition> checkedFields = [];
    private readonly List<(InputValueDefinition Field, string Coordinate)> path = [];

    private InputDefaultCycles(SchemaRuleContext context) => this.context = context;

    internal static void Check(SchemaRuleContext context)
    {
        var search = new InputDefaultCycles(context);
        foreach (var type in context.Schema.Types.OfType<InputObjectType>())
        {
            foreach (var field in type.Fields)
            {
                search.Visit(type, field);
            }
        }
    }

    private void Visit(InputObjectType type, InputValueDefinition field)
    {
        if (field.DefaultValue is null)
        {
            return;
        }

        var start = path.FindIndex(step => step.Field == field);
        if (start >= 0)
        {
            Report([.. path.Skip(start)]);
            return;
        }

        if (!checkedFields.Add(field))
        {
            return;
        }

        var coordinate = $"{type}.{field.Name}";
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            context.Report($"The default value of Input Object field {coordinate} is nested too deeply.", Places.Of(field.Origin));
            return;
        }

        path.Add((field, coordinate));
        VisitValue(field.DefaultValue, field.Type);
        path.RemoveAt(path.Count - 1);
    }

    // The fields that a value gives are values themselves; those that it leaves out stand with their own defaults.
    private void VisitValue(ValueNode value, GraphQLType type)
    {
        if (value is ListValueNode list)
        {
            foreach (var item in list.Values)
            {
                VisitValue(item, type);
            }
        }
        else if (value is ObjectValueNode @object && type.Named is InputObjectType input)
        {
            foreach (var field in input.Fields)
            {
                if (@object.Fields.FirstOrDefault(given => given.Name.Value == field.Name) is { } given)
                {
                    VisitValue(given.Value, field.Type);
                }
                else
                {
                    Visit(input, field);
                }
            }
        }
    }

    private void Report(List<(InputValueDefinition Field, string Coordinate)> cycle)
    {
        var through = cycle.Count == 1
            ? ""
            : $" via the default values of: {string.Join(", ", cycle.Skip(1).Select(static step => step.Coordinate))}";
        context.Report(
            $"Invalid circular reference. The default value of Input Object field {cycle[0].Coordinate} references itself{through}.",
            [.. cycle.SelectMany(static step => Places.Of(step.Field.Origin))]);
    }
}
