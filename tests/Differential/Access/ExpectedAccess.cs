using System.Globalization;
using System.Text.Json;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>A place of an answer that is withheld.</summary>
/// <param name="Path">The place.</param>
/// <param name="Failing">What is null for it; no resolver gives <c>__typename</c>, and its null makes the object null.</param>
internal sealed record WithheldPlace(string Path, string Failing);

/// <summary>What of a request a caller may see, by the oracle.</summary>
internal sealed class ExpectedAccess(World world, Schema schema, Caller caller, AnswerWalk walk)
{
    private readonly AccessOracle oracle = new(world);

    /// <summary>The places of an answer that are withheld, out of one with <see cref="AnswerWalk.TypeKey"/> in each object.</summary>
    public IEnumerable<WithheldPlace> WithheldIn(string data)
    {
        using var json = JsonDocument.Parse(data);
        var found = new List<WithheldPlace>();
        Visit(json.RootElement, Root, [new WrittenSet(walk.Operation.SelectionSet, Root)], "", found);
        return found;
    }

    /// <summary>Whether anything is withheld, whatever the objects are, and all fields of types that the caller may be told, with what they are made of.</summary>
    public (bool HasWithheld, HashSet<(string Type, string Field)> Allowed) Survey()
    {
        var allowed = new HashSet<(string, string)>();
        return (Survey(Root, [new WrittenSet(walk.Operation.SelectionSet, Root)], allowed), allowed);
    }

    /// <summary>
    /// Whether a source may be asked for a field which nobody selected on objects of this type: a source that has an object in the place of an interface is
    /// asked the same of all of them that travel together. What the caller may not see of this type, it may not be asked either.
    /// </summary>
    public bool MayTravelAlong(string type, string field) => oracle.IsOfInterfaceObjectFor(type, field) && Admits(oracle.Of(type, field));

    private ObjectType Root => walk.Operation.Operation == Language.OperationType.Mutation ? schema.MutationType! : schema.QueryType!;

    private void Visit(JsonElement value, CompositeType position, List<WrittenSet> sets, string path, List<WithheldPlace> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Visit(item, position, sets, string.Create(CultureInfo.InvariantCulture, $"{path}{index}/"), found);
            }
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var type = (ObjectType)schema.FindType(value.GetProperty(AnswerWalk.TypeKey).GetString()!)!;
        foreach (var field in walk.FieldsOf(type, sets))
        {
            if (!MaySee(position, type, field))
            {
                found.Add(new WithheldPlace(path + field.Key, field.Name == "__typename" ? path.TrimEnd('/') : path + field.Key));
            }
            else if (field.Below.Count > 0 && field.Definition.DeclaringType is not null)
            {
                Visit(value.GetProperty(field.Key), (CompositeType)field.Definition.Type.Named, field.Below, $"{path}{field.Key}/", found);
            }
        }
    }

    private bool Survey(CompositeType position, List<WrittenSet> sets, HashSet<(string, string)> allowed)
    {
        var types = sets.Aggregate(position.PossibleTypes, (possible, set) => possible.Intersect(set.On.PossibleTypes));
        var hasWithheld = false;
        foreach (var type in types.Ordinals().Select(ordinal => schema.ObjectTypes[ordinal]))
        {
            foreach (var field in walk.FieldsOf(type, sets))
            {
                if (!MaySee(position, type, field))
                {
                    hasWithheld = true;
                }
                else if (field.Definition.DeclaringType is not null)
                {
                    Allow(type.Name, field.Name, allowed);
                    hasWithheld |= field.Below.Count > 0 && Survey((CompositeType)field.Definition.Type.Named, field.Below, allowed);
                }
            }
        }

        return hasWithheld;
    }

    private bool MaySee(CompositeType position, ObjectType type, SelectedField field)
    {
        if (field.Name == "__typename")
        {
            return (position is ObjectType || Admits(oracle.OfType(type.Name))) && (field.On == position || Admits(oracle.OfType(field.On.Name)));
        }

        return field.Definition.DeclaringType is null || (Admits(oracle.Of(type.Name, field.Name)) && Admits(oracle.Of(field.On.Name, field.Name)));
    }

    private bool Admits(IEnumerable<AccessRule> rules) => rules.All(rule => rule.Admits(caller));

    private void Allow(string type, string field, HashSet<(string, string)> allowed)
    {
        if (!world.Types.TryGetValue(type, out var found))
        {
            return;
        }

        if (found.IsAbstract)
        {
            found.Possible.ForEach(name => Allow(name, field, allowed));
        }
        else if (found.Fields.TryGetValue(field, out var definition) && allowed.Add((type, field)))
        {
            definition.Requirement.SelectMany(value => value.Selections).ToList().ForEach(path => AllowPath(type, path, allowed));
            definition.Contexts.SelectMany(use => use.Paths).ToList().ForEach(path => AllowPath(path.Key, path.Value, allowed));
        }
    }

    private void AllowPath(string type, List<PathStep> path, HashSet<(string, string)> allowed)
    {
        foreach (var step in path)
        {
            Allow(type, step.Field, allowed);
            var found = world.Types[type];
            var owner = found.IsAbstract ? found.Possible.Select(name => world.Types[name]).First(one => one.Fields.ContainsKey(step.Field)) : found;
            type = step.OnType ?? owner.Fields[step.Field].Named;
        }
    }
}
