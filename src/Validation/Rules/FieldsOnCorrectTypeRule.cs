using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A field is defined by the type that it is selected on
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Selections">Spec §5.3.1</see>).
/// </summary>
internal sealed class FieldsOnCorrectTypeRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode node)
    {
        if (Types.ParentType is { } type && Types.Field is null)
        {
            var name = node.Name.Value;
            Context.Report($"Cannot query field \"{name}\" on type \"{type.Name}\".{Suggestion(type, name)}", node.Start);
        }
    }

    private string Suggestion(CompositeType type, string fieldName)
    {
        if (!Context.Options.Suggestions)
        {
            return "";
        }

        // A type that has the field is a better guess than a typing error.
        var types = TypesWithField(type, fieldName);
        return types.Count > 0
            ? Suggestions.Message("to use an inline fragment on ", types)
            : Context.DidYouMean(fieldName, type is ComplexType complex ? complex.Fields.Select(field => field.Name) : []);
    }

    /// <summary>Possible types of an abstract type that define the field, and their interfaces that do; the most general first.</summary>
    private List<string> TypesWithField(CompositeType type, string fieldName)
    {
        var usageCounts = new Dictionary<ComplexType, int>();
        foreach (var ordinal in type is ObjectType ? default : type.PossibleTypes.Ordinals())
        {
            var possible = Context.Schema.ObjectTypes[ordinal];
            if (!Defines(possible, fieldName))
            {
                continue;
            }

            usageCounts[possible] = 1;
            foreach (var @interface in possible.Interfaces.Where(i => Defines(i, fieldName)))
            {
                usageCounts[@interface] = usageCounts.GetValueOrDefault(@interface) + 1;
            }
        }

        var types = usageCounts.Keys.ToList();
        types.Sort((a, b) => Compare(a, b, usageCounts));
        return [.. types.Select(t => t.Name)];
    }

    private static bool Defines(ComplexType type, string fieldName) => type.FindField(fieldName) is { DeclaringType: not null };

    private static int Compare(ComplexType a, ComplexType b, Dictionary<ComplexType, int> usageCounts)
    {
        var byUsage = usageCounts[b].CompareTo(usageCounts[a]);
        if (byUsage != 0 || a == b)
        {
            return byUsage;
        }

        if (a is InterfaceType && Schema.IsSubtype(b, a))
        {
            return -1;
        }

        return b is InterfaceType && Schema.IsSubtype(a, b) ? 1 : Suggestions.CompareNaturally(a.Name, b.Name);
    }
}
