using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Operations;

/// <summary>
/// What a graph requires of those who see its members (<see cref="AccessRequirement"/>): each different requirement once, by number, and for each
/// field of each type the numbers of all that must be met. A field is as well protected as
/// <list type="number">
/// <item>itself and the object's own type,</item>
/// <item>the type that it returns: object, interface, union, scalar or enum,</item>
/// <item>all that it is computed from (<c>@requires</c>, <c>@require</c>, <c>@fromContext</c>), and what that is computed from,</item>
/// <item>the same field of an interface, where a source has it on an object that stands for the whole interface. In a graph that was composed here
/// objects' fields say that themselves.</item>
/// </list>
/// Immutable. Numbers are those of one index.
/// </summary>
public sealed class AccessIndex
{
    private readonly Supergraph supergraph;
    private readonly List<AccessRequirement> requirements = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> ofTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Field), int?> ofFields = [];
    private readonly Dictionary<(string Type, string Field), ImmutableArray<int>> whole = [];

    private AccessIndex(Supergraph supergraph)
    {
        this.supergraph = supergraph;
        foreach (var type in supergraph.Types)
        {
            ofTypes[type.Name] = NumberOf(AccessRequirement.Of(type.Type.Directives));
            foreach (var field in type.Fields)
            {
                ofFields[(type.Name, field.Name)] = NumberOf(AccessRequirement.Of(field.Field.Directives));
            }
        }

        foreach (var type in requirements.Count == 0 ? [] : supergraph.Types)
        {
            foreach (var field in type.Fields)
            {
                var found = new SortedSet<int>();
                Collect(type.Name, field.Name, found, []);
                whole[(type.Name, field.Name)] = [.. found];
            }
        }
    }

    /// <summary>The different requirements; a requirement's number is its place.</summary>
    public IReadOnlyList<AccessRequirement> Requirements => requirements;

    /// <summary>True when everybody may see everything.</summary>
    public bool IsEmpty => requirements.Count == 0;

    /// <summary>The index of a graph.</summary>
    /// <param name="supergraph">The graph.</param>
    public static AccessIndex Of(Supergraph supergraph)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        return new AccessIndex(supergraph);
    }

    /// <summary>What the type itself requires, by number; null when nothing.</summary>
    public int? OfType(string type) => ofTypes.GetValueOrDefault(type);

    /// <summary>All that must be met to see the field of objects of the type; of an interface what is required where it is selected there.</summary>
    public ImmutableArray<int> OfField(string type, string field) => whole.TryGetValue((type, field), out var found) ? found : [];

    /// <summary>All that must be met to see a selected field of one type of object.</summary>
    /// <param name="position">The type of the position that it is selected at.</param>
    /// <param name="parent">The type that it is selected on: of the position, or of a fragment.</param>
    /// <param name="field">The field.</param>
    /// <param name="type">The object's type; null at a position of an interface that no object type implements.</param>
    /// <param name="into">Gets the numbers.</param>
    public void AddTo(CompositeType position, CompositeType parent, FieldDefinition field, ObjectType? type, ISet<int> into)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(into);
        if (field == MetaFields.Typename)
        {
            // Where the type is known beforehand its name tells nothing; who may not see the objects does not come here.
            AddType(position is ObjectType ? null : type?.Name, into);
            AddType(parent == position ? null : parent.Name, into);
        }
        else if (field.DeclaringType is not null)
        {
            into.UnionWith(type is null ? [] : OfField(type.Name, field.Name));
            into.UnionWith(parent == type ? [] : OfField(parent.Name, field.Name));
        }
    }

    /// <summary>All that must be met to be told whether the objects are there that a field finds by their ids, where the gateway reads those.</summary>
    /// <param name="parent">The type that it is selected on.</param>
    /// <param name="field">The field.</param>
    /// <param name="into">Gets the numbers.</param>
    public void AddFound(CompositeType parent, FieldDefinition field, ISet<int> into)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(into);
        if (field.Type.Named is CompositeType found && supergraph.WithGateway.FindField(parent.Name, field.Name) is { IsGateways: true })
        {
            foreach (var name in NamesOf(found.Name))
            {
                AddType(name, into);
            }
        }
    }

    private void AddType(string? type, ISet<int> into)
    {
        if (type is not null && OfType(type) is { } number)
        {
            into.Add(number);
        }
    }

    private int? NumberOf(AccessRequirement requirement)
    {
        if (requirement.IsNone)
        {
            return null;
        }

        var text = string.Join(' ', requirement.ToDirectives().Select(Printer.Print));
        if (!numbers.TryGetValue(text, out var number))
        {
            numbers.Add(text, number = requirements.Count);
            requirements.Add(requirement);
        }

        return number;
    }

    // Whatever source is asked in the end: what any of them computes it from counts.
    private void Collect(string type, string field, SortedSet<int> found, HashSet<(string, string)> seen)
    {
        if (!seen.Add((type, field)) || supergraph.FindField(type, field) is not { } member)
        {
            return;
        }

        AddType(type, found);
        AddType(member.Field.Type.Named.Name, found);
        if (ofFields[(type, field)] is { } own)
        {
            found.Add(own);
        }

        foreach (var source in member.Sources)
        {
            CollectSupport(type, source, found, seen);
        }

        foreach (var @interface in (member.Field.DeclaringType as ObjectType)?.Interfaces ?? [])
        {
            if (supergraph.FindType(@interface.Name) is { } above && above.Sources.Any(source => source.IsInterfaceObject))
            {
                CollectFromInterface(type, above, field, found, seen);
            }
        }
    }

    private void CollectFromInterface(string type, SupergraphType @interface, string field, SortedSet<int> found, HashSet<(string, string)> seen)
    {
        foreach (var source in @interface.FindField(field)?.Sources ?? [])
        {
            if (@interface.In(source.Source) is { IsInterfaceObject: true })
            {
                // What composition here writes at an interface's field is also what its other objects require there.
                found.UnionWith(!supergraph.IsChecked && ofFields[(@interface.Name, field)] is { } own ? [own] : []);
                CollectSupport(type, source, found, seen);
            }
        }
    }

    private void CollectSupport(string type, FieldInSource source, SortedSet<int> found, HashSet<(string, string)> seen)
    {
        if (source.Requirement is { } requirement)
        {
            CollectSelection(type, requirement.Selection, found, seen);
        }

        foreach (var argument in source.ContextArguments)
        {
            foreach (var setter in supergraph.Types.Where(setter => setter.In(source.Source)?.Contexts.Contains(argument.Context) == true))
            {
                AddType(setter.Name, found);
                CollectSelection(setter.Name, argument.Selection, found, seen);
            }
        }
    }

    private void CollectSelection(string type, SelectionSetNode selection, SortedSet<int> found, HashSet<(string, string)> seen)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                var condition = fragment.TypeCondition?.Name.Value ?? type;
                AddType(condition, found);
                CollectSelection(condition, fragment.SelectionSet, found, seen);
            }
            else if (item is FieldNode node)
            {
                // An object of any type of the interface may be read.
                foreach (var name in NamesOf(type))
                {
                    Collect(name, node.Name.Value, found, seen);
                }

                if (node.SelectionSet is { } below && supergraph.FindField(type, node.Name.Value) is { } member)
                {
                    CollectSelection(member.Field.Type.Named.Name, below, found, seen);
                }
            }
        }
    }

    private IEnumerable<string> NamesOf(string type) => supergraph.FullSchema.FindType(type) is CompositeType and not ObjectType and var composite
        ? composite.PossibleTypes.Ordinals().Select(ordinal => supergraph.FullSchema.ObjectTypes[ordinal].Name).Prepend(type)
        : [type];
}
