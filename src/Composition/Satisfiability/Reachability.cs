using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Which sources can be entered from where a query stands, and which of them can serve a field
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Validate-Satisfiability">Composite Schemas, PlanOptions,
/// IsReachable, ResolveRequirements</see>). A lookup's key may itself come from several sources, one after the other, and keys and requirements may
/// lead through one another: all answers together are the least fixed point of these rules (<see cref="Questions"/>).
/// </summary>
internal sealed class Reachability
{
    private readonly GraphIndex index;
    private readonly Supergraph supergraph;
    private readonly ProvidedViews views;
    private readonly Dictionary<(TypeIndex Type, StandSet Stands, PathFacts Facts), StandPoint> points = [];
    private readonly Questions questions = new();
    private readonly Dictionary<(EntryIndex Entry, StandSet Closed, PathFacts Facts), RequireQuestion> requirements = [];
    private readonly WalkSize size;
    private readonly StandTable table;

    // What was last found below a value.
    private ((TypeIndex, StandSet, PathFacts) At, PathFacts Known)? under;

    internal Reachability(GraphIndex index, CancellationToken cancellation = default)
    {
        this.index = index;
        supergraph = index.Supergraph;
        views = new ProvidedViews(supergraph);
        size = new WalkSize(supergraph);
        table = new StandTable(size);
        Memory = new LabelMemory(supergraph, size);
        Cancellation = cancellation;
        Needs = new LabelNeeds(index, cancellation);
    }

    /// <summary>True when there are more points than are looked at: from then on nothing can be had any more, so that all asking ends.</summary>
    internal bool IsTooLarge => size.IsTooLarge;

    /// <summary>Ends any of the answers, with an <see cref="OperationCanceledException"/>; there are no more of them then.</summary>
    internal CancellationToken Cancellation { get; }

    /// <summary>Which labels matter where.</summary>
    internal LabelNeeds Needs { get; }

    /// <summary>What is known below shared mutations before a walk has begun: nothing.</summary>
    internal MutationFaults NoFaults() => new(size);

    /// <summary>Which labels are known where.</summary>
    internal LabelMemory Memory { get; }

    /// <inheritdoc cref="Questions.AskedCount"/>
    internal int AskedCount => questions.AskedCount;

    /// <summary>A point with the stands, all of the same type.</summary>
    internal StandPoint Point(string typeName, StandSet stands, PathFacts facts)
    {
        var type = index.Type(typeName);
        var key = (type, stands, facts);
        if (!points.TryGetValue(key, out var point))
        {
            points.Add(key, point = new StandPoint(type, stands, facts));
            size.AddPoint(facts);
        }

        return point;
    }

    /// <summary>The type of that name.</summary>
    internal TypeIndex Type(string name) => index.Type(name);

    /// <summary>The point at a root type: it can be asked of every source.</summary>
    internal StandPoint Root(string typeName, PathFacts? facts = null) => Point(typeName, Everywhere(typeName), facts ?? PathFacts.None);

    /// <summary>All sources in which a query can stand at the type, those included that lookups lead to.</summary>
    internal StandSet Close(StandPoint point)
    {
        if (point.Closed is { } known)
        {
            return known;
        }

        if (point.Type.IsQueryRoot || point.Type.Keys.IsEmpty)
        {
            return point.Closed = point.Type.IsQueryRoot ? CloseRoot(point) : point.Stands;
        }

        var question = point.Question ??= new CloseQuestion(this, point);
        questions.Read(question);
        return question.Reached;
    }

    /// <summary>
    /// The label that is to be decided (next) at the field, or null: a field that moves between sources by a label is served by one or by another,
    /// and the label is the same further down.
    /// </summary>
    internal static string? Choice(FieldIndex field, PathFacts facts)
    {
        foreach (var label in field.Labels)
        {
            if (!facts.Labels.ContainsKey(label))
            {
                return label;
            }
        }

        return null;
    }

    /// <summary>
    /// Where a query stands after the field, for every source that can serve it; empty when none can. The field's labels, if it has any, are known. Of a leaf, one stand is enough.
    /// </summary>
    internal StandSet Serve(
        TypeIndex type, StandSet closed, FieldIndex field, PathFacts facts, int? excluded = null, bool isLeaf = false)
    {
        // Mostly one source serves a field.
        Stand? first = null;
        List<Stand>? all = null;
        var bySource = closed.Items.Length < field.Entries.Length;
        var count = bySource ? closed.Items.Length : field.Entries.Length;
        for (var i = 0; i < count && !(isLeaf && first is not null); i++)
        {
            var entry = bySource ? field.In(closed.Items[i].Source) : field.Entries[i];
            if (entry is null || entry.Source == excluded || !IsOpen(entry, facts))
            {
                continue;
            }

            var stands = bySource ? new ReadOnlySpan<Stand>(in closed.Items.ItemRef(i)) : closed.In(entry.Source);
            foreach (var stand in stands)
            {
                if (entry.IsOn(stand.TypeName) && After(type, closed, field, entry, stand, facts) is { } after)
                {
                    all ??= first is null ? null : [first];
                    first ??= after;
                    all?.Add(after);
                }
            }
        }

        return all is not null ? table.Set(all) : first?.Alone ?? StandSet.Empty;
    }

    /// <inheritdoc cref="WalkSize.AddStep"/>
    internal void NoteStep(StandSet closed, FieldIndex field, PathFacts facts) => size.AddStep(closed, field, facts);

    /// <inheritdoc cref="WalkSize.AddTrail"/>
    internal void NoteTrail(FieldIndex field) => size.AddTrail(field);

    /// <summary>The type with the most points, and how many these are.</summary>
    internal (TypeIndex Type, int Count) MostVisited()
    {
        var (type, count) = points.Keys.CountBy(key => key.Type).MaxBy(type => type.Value);
        return (type, count);
    }

    /// <summary>True when every field of a selection can be had from where a query stands.</summary>
    internal bool CanSelect(TypeIndex type, StandSet closed, SelectionSetNode selection, PathFacts facts, int? excluded = null)
    {
        HashSet<(SelectionSetNode, NamedType, StandSet, PathFacts)>? had = null;
        return CanSelect(type, closed, selection, facts, excluded, ref had);
    }

    // What was looked at already below a field with many objects: below each of them there may be as many, and they would multiply with each field of the way.
    private bool CanSelect(TypeIndex type, StandSet closed, SelectionSetNode selection, PathFacts facts, int? excluded, ref HashSet<(SelectionSetNode, NamedType, StandSet, PathFacts)>? had)
    {
        foreach (var node in selection.Selections)
        {
            Cancellation.ThrowIfCancellationRequested();
            var isThere = !IsTooLarge && node switch
            {
                FieldNode field => CanSelect(type, closed, field, facts, excluded, ref had),
                InlineFragmentNode fragment => !views.Applies(fragment, type.Name)
                    || CanSelect(type, closed, fragment.SelectionSet, facts, excluded, ref had),
                _ => true,
            };
            if (!isThere)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The points at which a query can stand after a field: one for each object that the sources can return there.</summary>
    /// <param name="returned">What the field returns.</param>
    /// <param name="options">The sources that can serve it.</param>
    /// <param name="facts">What is known there.</param>
    /// <param name="forgets">True: of labels only what has to be known (<see cref="LabelMemory"/>).</param>
    internal List<StandPoint> Below(NamedType returned, StandSet options, PathFacts facts, bool forgets = false)
    {
        StandPoint PointOf(string name, StandSet stands) => Point(name, stands, forgets ? Memory.Known(index.Type(name), stands, facts) : facts);
        if (returned is ObjectType)
        {
            return [PointOf(returned.Name, options)];
        }

        var stands = new SortedDictionary<int, List<Stand>>();
        foreach (var stand in options.Items)
        {
            foreach (var type in ObjectsOf(stand, (CompositeType)returned))
            {
                if (!stands.TryGetValue(type.Ordinal, out var list))
                {
                    stands.Add(type.Ordinal, list = []);
                }

                list.Add(table.Stand(stand.Source, index.Type(type.Name).NameIn(stand.Source, stand.TypeName), stand.View));
            }
        }

        return [.. stands.Select(entry => PointOf(supergraph.FullSchema.ObjectTypes[entry.Key].Name, table.Set(entry.Value)))];
    }

    /// <summary>
    /// Of the points of a walk below a field those at which any of the sources can stand. Sources that share a field promise to answer alike, so that an
    /// object of which one of them knows nothing there is never returned. A source that returns an object where others return an interface
    /// says nothing of further objects.
    /// </summary>
    internal List<StandPoint> BelowAny(NamedType returned, StandSet options, PathFacts facts, bool forgets = true)
    {
        var points = Below(returned, options, facts, forgets);
        if (returned is not (InterfaceType or UnionType) || options.Items.Length == 1)
        {
            return points;
        }

        var (count, counts) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var stand in options.Items)
        {
            if (returned is InterfaceType && index.Type(stand.TypeName).Type?.Type is ObjectType)
            {
                continue;
            }

            count++;
            foreach (var type in ObjectsOf(stand, (CompositeType)returned))
            {
                counts[type.Name] = counts.GetValueOrDefault(type.Name) + 1;
            }
        }

        points.RemoveAll(point => counts.GetValueOrDefault(point.TypeName) < count);
        return points;
    }

    /// <summary>True when the source serves the field's requirement from elsewhere and can then be entered.</summary>
    internal bool CanRequire(TypeIndex type, StandSet closed, FieldIndex field, EntryIndex entry, PathFacts facts)
    {
        if (entry.Entry.Requirement is null)
        {
            return true;
        }

        facts = Needs.ForRequirement(type, field, facts);
        var key = (entry, closed, facts);
        if (!requirements.TryGetValue(key, out var question))
        {
            requirements.Add(key, question = new RequireQuestion(this, type, closed, entry, facts));
            size.AddPoint(facts);
        }

        questions.Read(question);
        return question.IsMet;
    }

    /// <summary>
    /// The rule for requirements: @require is fed by other sources than its own; Apollo's @requires names external fields and, at will, keys. The
    /// source is entered again with it, by a lookup: Query is not looked up, for Apollo neither.
    /// </summary>
    internal bool IsRequirementMet(TypeIndex type, StandSet closed, EntryIndex entry, PathFacts facts)
    {
        var requirement = entry.Entry.Requirement!;
        int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source;
        return CanSelect(type, closed, requirement.Selection, facts, excluded)
            && !type.IsQueryRoot && CanEnter(type, closed, entry, facts);
    }

    private bool CanEnter(TypeIndex type, StandSet closed, EntryIndex entry, PathFacts facts) => type.Keys.Any(key =>
        key.Entries.Any(by => by.Source == entry.Source && entry.IsOn(by.Name)) && CanSelect(type, closed, key.Selection, facts));

    private StandSet Everywhere(string typeName) => table.Set([.. supergraph.Sources.Select(source => table.Stand(source.Ordinal, typeName, null))]);

    private StandSet CloseRoot(StandPoint point) => table.Set(
    [
        .. point.Stands.Items,
        .. Everywhere(point.TypeName).Items.Where(stand => !point.Stands.IsIn(stand.Source)),
    ]);

    /// <summary>The rule for points: each key is asked once for all the sources that it leads to, and again when others have been entered.</summary>
    /// <param name="point">The point.</param>
    /// <param name="reached">What is known of it by now.</param>
    /// <param name="finds">Says of a source whether it finds the objects; null: all do.</param>
    internal StandSet CloseByLookups(StandPoint point, StandSet reached, Func<Stand, bool>? finds = null)
    {
        var before = reached;
        var keys = point.Type.Keys;
        Span<bool> isOpen = keys.Length <= 64 ? stackalloc bool[keys.Length] : new bool[keys.Length];
        for (var grows = true; grows;)
        {
            grows = false;
            for (var i = 0; i < keys.Length; i++)
            {
                if (isOpen[i] || !CanSelect(point.Type, reached, keys[i].Selection, point.Facts))
                {
                    continue;
                }

                isOpen[i] = true;
                List<Stand>? entered = null;
                foreach (var (source, name) in keys[i].Entries)
                {
                    if (!IsWhollyIn(point.Type, reached, source, name) && table.Stand(source, name, null) is var stand && finds?.Invoke(stand) != false)
                    {
                        (entered ??= [.. reached.Items]).Add(stand);
                    }
                }

                reached = entered is null ? reached : StandSet.Of(entered);
                grows |= entered is not null;
            }
        }

        return reached == before ? reached : table.Set([.. reached.Items]);
    }

    private static bool IsWhollyIn(TypeIndex type, StandSet reached, int source, string name)
    {
        foreach (var stand in reached.In(source))
        {
            if (stand.View is null && type.NameIn(source, stand.TypeName) == name)
            {
                return true;
            }
        }

        return false;
    }

    // A label that is on, and contexts that are set: the source can be asked at all.
    private static bool IsOpen(EntryIndex entry, PathFacts facts)
    {
        if (entry.Entry.Override is { } @override && facts.Labels[@override.Label] != @override.ServesWhen)
        {
            return false;
        }

        foreach (var (context, lost) in entry.Contexts)
        {
            if (!facts.Contexts.Contains(context) || facts.Contexts.Contains(lost))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is known below a value: it sets contexts, and what arguments take from them can be had there or not.</summary>
    internal PathFacts Under(TypeIndex type, StandSet closed, PathFacts facts)
    {
        // Mostly the same for all fields of a position, one after the other.
        if (type.Contexts.IsEmpty || under is var (at, known) && at == (type, closed, facts))
        {
            return type.Contexts.IsEmpty ? facts : under!.Value.Known;
        }

        var below = facts;
        foreach (var context in type.Contexts)
        {
            below = below.With(context.Name);
            foreach (var taken in context.Taken)
            {
                size.AddChoice();
                below = CanSelect(type, closed, taken.Selection, facts) ? below.WithoutContext(taken.Lost) : below.With(taken.Lost);
            }
        }

        under = ((type, closed, facts), below);
        return below;
    }

    private Stand? After(TypeIndex type, StandSet closed, FieldIndex field, EntryIndex entry, Stand stand, PathFacts facts)
    {
        var (isProvided, below) = stand.View is null ? (false, null) : views.FieldIn(stand.View, type.Name, field.Name);
        if ((entry.Entry.IsExternal && !isProvided) || !CanRequire(type, closed, field, entry, facts))
        {
            return null;
        }

        return below is null
            ? entry.After ??= table.Stand(entry.Source, entry.ReturnedName, entry.Entry.Provides)
            : table.Stand(entry.Source, entry.ReturnedName, ProvidedViews.United(entry.Entry.Provides, below));
    }

    private bool CanSelect(TypeIndex type, StandSet closed, FieldNode node, PathFacts facts, int? excluded, ref HashSet<(SelectionSetNode, NamedType, StandSet, PathFacts)>? had)
    {
        if (node.Name.Value == "__typename")
        {
            return true;
        }

        return CanSelect(type, closed, type.Field(node.Name.Value), node, facts, excluded, ref had);
    }

    private bool CanSelect(
        TypeIndex type, StandSet closed, FieldIndex field, FieldNode node, PathFacts facts, int? excluded, ref HashSet<(SelectionSetNode, NamedType, StandSet, PathFacts)>? had)
    {
        // Whatever its labels are.
        if (Choice(field, facts) is { } label)
        {
            NoteStep(closed, field, facts);
            size.AddChoice();

            // Both sides mostly have the same below it.
            had ??= [];
            return !IsTooLarge && CanSelect(type, closed, field, node, facts.With(label, true), excluded, ref had)
                && CanSelect(type, closed, field, node, facts.With(label, false), excluded, ref had);
        }

        var options = Serve(type, closed, field, facts, excluded, isLeaf: node.SelectionSet is null);
        if (options.IsEmpty || node.SelectionSet is null)
        {
            return !options.IsEmpty;
        }

        if (field.Returned is not { } returned)
        {
            return false;
        }

        facts = Needs.ForSelection(returned, node.SelectionSet, facts);
        if (had?.Add((node.SelectionSet, returned, options, facts)) == false)
        {
            // It can be had as far as is known: what cannot ends all of it.
            return true;
        }

        var points = Below(returned, options, facts);
        if (points.Count == 0 && options.Items.Any(IsInterfaceObject))
        {
            return CanSelectUntold(Point(returned.Name, options, facts), node.SelectionSet, facts);
        }

        had ??= points.Count > 1 ? [] : null;
        foreach (var point in points)
        {
            if (!CanSelect(point.Type, Close(point), node.SelectionSet, facts, null, ref had))
            {
                return false;
            }
        }

        return true;
    }

    // Objects whose types no source defines: what sources with an object in the interface's place have can be had. Who has the interface itself finds none of
    // them, and nobody can tell whether one is of another type.
    private bool CanSelectUntold(StandPoint point, SelectionSetNode selection, PathFacts facts) =>
        !AsksType(selection, point.TypeName)
        && CanSelect(point.Type, CloseByLookups(point, StandSet.Of([.. point.Stands.Items.Where(IsInterfaceObject)]), IsInterfaceObject), selection, facts);

    private static bool AsksType(SelectionSetNode selection, string typeName) => selection.Selections.Any(node => node is FieldNode field
        ? field.Name.Value == "__typename"
        : node is InlineFragmentNode fragment && ((fragment.TypeCondition is { } condition && condition.Name.Value != typeName) || AsksType(fragment.SelectionSet, typeName)));

    private bool IsInterfaceObject(Stand stand) => index.Type(stand.TypeName).Type?.In(supergraph.Sources[stand.Source]) is { IsInterfaceObject: true };

    // The objects that a value can be which a source returned by the stand's type.
    private IEnumerable<ObjectType> ObjectsOf(Stand stand, CompositeType returned)
    {
        var own = index.Type(stand.TypeName).Type;
        if (IsInterfaceObject(stand))
        {
            return returned.PossibleTypes.Ordinals()
                .Select(ordinal => supergraph.FullSchema.ObjectTypes[ordinal])
                // Some stand for what no source defines.
                .Where(type => supergraph.FindType(type.Name) is not null);
        }

        IEnumerable<string> names = own?.In(supergraph.Sources[stand.Source])?.PossibleTypes ?? [];
        return names.Prepend(stand.TypeName)
            .Select(name => supergraph.FindType(name)?.Type)
            .OfType<ObjectType>()
            .Where(type => returned.PossibleTypes.Contains(type));
    }
}
