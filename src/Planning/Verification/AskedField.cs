using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A field that a document asks for at one place.</summary>
/// <param name="Node">As it is written.</param>
/// <param name="Scope">The selection set that it stands in.</param>
/// <param name="ParentType">The type that it is selected on in the source; empty below <c>_entities</c> without a condition.</param>
/// <param name="Types">The runtime types whose objects have the key.</param>
/// <param name="Definition">How the source has the field; null when it has none of the name.</param>
internal sealed record AskedField(FieldNode Node, SelectionSetNode Scope, string ParentType, TypeSet Types, FieldInSource? Definition)
{
    public string Key => Node.ResponseKey;

    public string Name => Node.Name.Value;

    public bool IsTypename => Name == "__typename";

    /// <summary>Arguments in a form that does not depend on their order.</summary>
    public static string ArgumentText(IEnumerable<ArgumentNode> arguments) =>
        string.Join(", ", arguments.Select(Printer.Print).Order(StringComparer.Ordinal));
}

/// <summary>Reads selection sets of a document that goes to a source.</summary>
internal sealed class AskedFields(SourceFacts facts, List<string> problems)
{
    /// <summary>All fields of a selection set, fragments dissolved.</summary>
    /// <param name="set">The selection set.</param>
    /// <param name="typeName">The type that it is on in the source; empty for <c>_Entity</c>.</param>
    /// <param name="types">What the objects can be.</param>
    /// <param name="entities">For <c>_Entity</c>: the name by which the source is given an object of a type.</param>
    public List<AskedField> Read(SelectionSetNode set, string typeName, TypeSet types, Func<int, string>? entities = null)
    {
        var fields = new List<AskedField>();
        Read(set, typeName, types, entities, fields);
        return fields;
    }

    /// <summary>
    /// Spec §5.3.2: fields of one key must be the same call where an object can have both, and must have values of one kind everywhere.
    /// </summary>
    public void CheckKeys(List<AskedField> fields)
    {
        foreach (var same in fields.Where(field => !field.IsTypename).GroupBy(field => field.Key).Select(group => group.ToList()))
        {
            CheckKey(same);
        }
    }

    private void CheckKey(List<AskedField> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            for (var j = i + 1; j < fields.Count; j++)
            {
                var (a, b) = (fields[i], fields[j]);
                if ((a.Types.Overlaps(b.Types) || a.ParentType == b.ParentType)
                    && (a.Name != b.Name || AskedField.ArgumentText(a.Node.Arguments) != AskedField.ArgumentText(b.Node.Arguments)))
                {
                    problems.Add($"the key {a.Key} stands for two calls");
                }

                CheckShapes(a, b);
            }
        }
    }

    private void CheckShapes(AskedField a, AskedField b)
    {
        if (a.Definition is null || b.Definition is null)
        {
            return;
        }

        var (aType, bType) = (a.Definition.Type.ToString()!, b.Definition.Type.ToString()!);
        if (a.Node.SelectionSet is not { } aSet || b.Node.SelectionSet is not { } bSet)
        {
            if (aType != bType)
            {
                problems.Add($"the key {a.Key} has the types {aType} and {bType}");
            }

            return;
        }

        if (Wrappers(aType) != Wrappers(bType))
        {
            problems.Add($"the key {a.Key} has the types {aType} and {bType}");
        }

        var (aName, bName) = (SourceFacts.NamedOf(a.Definition.Type), SourceFacts.NamedOf(b.Definition.Type));
        foreach (var first in Read(aSet, aName, facts.PossibleTypes(aName)))
        {
            foreach (var second in Read(bSet, bName, facts.PossibleTypes(bName)))
            {
                if (first.Key == second.Key && !first.IsTypename && !second.IsTypename)
                {
                    CheckShapes(first, second);
                }
            }
        }
    }

    private void Read(SelectionSetNode set, string typeName, TypeSet types, Func<int, string>? entities, List<AskedField> fields)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    fields.Add(new AskedField(field, set, typeName, types, typeName.Length == 0 ? null : facts.Field(typeName, field.Name.Value)));
                    break;
                case InlineFragmentNode { TypeCondition.Name.Value: var condition } fragment:
                    if (!facts.Knows(condition))
                    {
                        problems.Add($"{facts.Source.Name} has no type {condition}");
                    }

                    Read(fragment.SelectionSet, condition, Narrow(types, typeName, condition, entities), entities, fields);
                    break;
                default:
                    problems.Add("a document has a selection that is neither a field nor an inline fragment on a type");
                    break;
            }
        }
    }

    // An object in an interface's place is of that one type alone, whatever the source has in the place of other interfaces.
    private TypeSet Narrow(TypeSet types, string typeName, string condition, Func<int, string>? entities)
    {
        var narrowed = types.Intersect(facts.TypesOfCondition(condition));
        if (typeName.Length > 0)
        {
            return facts.IsInterfaceObject(typeName) && typeName != condition && !facts.IsAbstract(condition) ? default : narrowed;
        }

        return entities is null || facts.IsAbstract(condition) ? narrowed
            : TypeSet.Of(narrowed.Ordinals().ToArray().Where(type => IsNamed(entities(type), condition)).Select(facts.TypeAt));
    }

    private bool IsNamed(string name, string condition) =>
        name == condition || !(facts.IsInterfaceObject(name) || facts.IsInterfaceObject(condition));

    private static string Wrappers(string type) => string.Concat(type.Where(c => c is '[' or ']' or '!'));
}
