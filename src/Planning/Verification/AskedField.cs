using System.Collections.Immutable;
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
    public static string ArgumentText(ImmutableArray<ArgumentNode> arguments) => arguments.IsEmpty ? "" :
        string.Join(", ", arguments.Select(Printer.Print).Order(StringComparer.Ordinal));
}

/// <summary>Reads selection sets of a document that goes to a source.</summary>
internal sealed class AskedFields(SourceFacts facts, VerificationWork work, List<string> problems)
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
        foreach (var (key, same) in Shared(fields))
        {
            CheckCalls(key, same);
            CheckShapes(key, same);
        }
    }

    // Those of which there are several of a key.
    private static IEnumerable<(string Key, List<AskedField> Fields)> Shared(IEnumerable<AskedField> fields) =>
        fields.Where(field => !field.IsTypename).GroupBy(field => field.Key, (key, same) => (key, same.ToList()), StringComparer.Ordinal).Where(group => group.Item2.Count > 1);

    private void CheckCalls(string key, List<AskedField> fields)
    {
        var (types, parents) = (default(TypeSet), new HashSet<string>(StringComparer.Ordinal));
        foreach (var call in fields.GroupBy(field => Meanings.Call(field.Name, field.Node.Arguments)))
        {
            if (call.Any(field => field.Types.Overlaps(types) || parents.Contains(field.ParentType)))
            {
                problems.Add($"the key {key} stands for two calls");
            }

            types = call.Aggregate(types, (all, field) => all.Union(field.Types));
            parents.UnionWith(call.Select(field => field.ParentType));
        }
    }

    // What is below one of them is held against what is below all others: together, as it would be merged.
    private void CheckShapes(string key, List<AskedField> fields)
    {
        work.Add(fields.Count);
        var known = fields.FindAll(field => field.Definition is not null);
        var types = known.Select(field => field.Definition!.Type).Distinct().Select(type => type.ToString()!).Distinct(StringComparer.Ordinal).ToList();
        if (types.Count > 1 && (known.Exists(field => field.Node.SelectionSet is null) || types.Select(Wrappers).Distinct(StringComparer.Ordinal).Skip(1).Any()))
        {
            problems.Add($"the key {key} has the types {string.Join(" and ", types)}");
        }

        foreach (var (below, same) in Shared(known.Where(field => field.Node.SelectionSet is not null).SelectMany(Below)))
        {
            CheckShapes(below, same);
        }
    }

    private List<AskedField> Below(AskedField field)
    {
        var name = SourceFacts.NamedOf(field.Definition!.Type);
        return Read(field.Node.SelectionSet!, name, facts.PossibleTypes(name));
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
