using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Says in words why each source cannot serve a field, and what to change.</summary>
/// <param name="supergraph">The composed graph.</param>
/// <param name="reachability">What can be had where.</param>
/// <param name="merged">The sources' own definitions; null where only the composed graph is known.</param>
/// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>: a field may have a thousand sources, and a key any number of fields.</param>
internal sealed class Explanation(Supergraph supergraph, Reachability reachability, MergedSchema? merged, CancellationToken cancellation)
{
    // Who does not have the field at all is named as long as that is of use.
    private const int NamesMax = 10;

    // So many ways into a source are told.
    private const int WaysMax = 10;
    private const string EnterHint =
        "Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), "
        + "or define the field as shareable in a source that the query comes from.";

    private readonly MissingFields missing = new(supergraph, reachability, cancellation);
    private readonly WaysInto ways = new(cancellation);
    private readonly Lazy<HashSet<(int Source, string TypeName, string FieldName)>> provided = new(() => ProvidedViews.Of(supergraph, cancellation));

    // Why each source is not entered, or not again, where the last field was looked at: mostly the next one that cannot be served is there as well.
    private readonly Dictionary<(int Source, bool IsAgain), string> said = [];
    private (TypeIndex Type, StandSet Closed, PathFacts Facts)? saidAt;

    /// <summary>Why a field cannot be served at a point, when the field's own label, if it has one, is decided too.</summary>
    internal (string Text, string Hint) WhyNot(Position at, StandSet stands, FieldIndex field)
    {
        var reasons = field.Entries.Select(entry => WhyNot(at, field, entry)).ToList();
        var overridden = OverriddenIn(at.Type.Name, field.Name);
        var takenOver = overridden.Select(entry => entry.Old).ToHashSet(StringComparer.Ordinal);
        reasons.AddRange(overridden.Select(entry => (Text: $"{entry.Old}'s own is taken over by {entry.New}", Hint: (string?)null)));
        var without = supergraph.Sources
            .Where(source => !source.IsGateway && field.In(source.Ordinal) is null && !takenOver.Contains(source.Name)).Select(source => source.Name).ToArray();
        if (without.Length > 0)
        {
            reasons.Add(($"{Names(without)} {(without.Length == 1 ? "does" : "do")} not have it", null));
        }

        return (Words.Bounded($"{string.Join("; ", reasons.Select(reason => reason.Text))}. {Here(stands, at.Facts)}"),
            Words.Bounded(reasons.Select(reason => reason.Hint).FirstOrDefault(hint => hint is not null) ?? EnterHint));
    }

    /// <summary>Why nobody can say which object a value is.</summary>
    internal (string Text, string Hint) WhyNoTypename(NamedType returned, StandSet options, PathFacts facts)
    {
        var point = reachability.Point(returned.Name, options, facts);
        var at = new Position(point.Type, new TypeTellers(supergraph, reachability).Untold(point), facts);
        var names = options.Items.Select(stand => supergraph.Sources[stand.Source].Name).Distinct().ToArray();
        var reasons = TypeTellers.Homes(point.Type).Select(type => TypeTellers.Unknown(point.Type, type) is { Length: > 0 } unknown
            ? $"{type.Source.Name} does not know {Names(unknown)}"
            : $"{type.Source.Name} knows its objects, but {Once(at, type.Source, isAgain: false, NotEntered)}");
        return (Words.Bounded($"{string.Join("; ", reasons.Prepend($"{Names(names)} {(names.Length == 1 ? "knows" : "know")} {returned.Name} only as an interface object"))}. {Here(options, facts)}"),
            $"Let a source that knows {(TypeTellers.Homes(point.Type).Any(type => TypeTellers.Unknown(point.Type, type).Length > 0) ? "all" : "the")} objects of {returned.Name} be entered by a key that is known where the query stands.");
    }

    // A hint where the source can be entered, and something else is missing.
    private (string Text, string? Hint) WhyNot(Position at, FieldIndex field, EntryIndex index)
    {
        cancellation.ThrowIfCancellationRequested();
        var entry = index.Entry;
        var name = entry.Source.Name;
        if (entry.IsExternal)
        {
            return provided.Value.Contains((index.Source, at.Type.Name, field.Name))
                ? ($"{name} gives it only below a @provides, and there is none of it on this path", null)
                : ($"{name} only mentions it as @external", null);
        }

        if (entry.Override is { } @override && at.Facts.Labels[@override.Label] != @override.ServesWhen)
        {
            return ($"{name} serves it only while the label \"{@override.Label}\" is {OnOrOff(@override.ServesWhen)}", null);
        }

        if (!at.Closed.IsIn(index.Source))
        {
            return ($"{name} has it, but {Once(at, entry.Source, isAgain: false, NotEntered)}", null);
        }

        if (MissingContext(at, entry) is { } argument)
        {
            return IsSet(at, entry, argument)
                ? ($"{name} needs \"{Words.Bounded(Syntax.Fields(argument.Selection))}\" of the context \"{argument.Context}\", which cannot be had where that is set",
                    $"Let what {name} takes from the context be had wherever the context is set, by a lookup or a key that is known there.")
                : ($"{name} needs the context \"{argument.Context}\", which nothing above sets there",
                    $"Let every path to the field lead through a type of {name} that sets the context with @context(name: \"{argument.Context}\").");
        }

        return entry.Requirement is { } requirement
            ? WhyNotRequired(at, entry, requirement)
            : ($"{name} cannot give it here", null);
    }

    private (string Text, string? Hint) WhyNotRequired(Position at, FieldInSource entry, FieldRequirement requirement)
    {
        var name = entry.Source.Name;
        var needed = Words.Bounded(Syntax.Fields(requirement.Selection));
        int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source.Ordinal;
        var lacks = missing.In(requirement.Selection, at, excluded);
        if (lacks.Count == 0 && !reachability.CanSelect(at.Type, at.Closed, requirement.Selection, at.Facts, excluded))
        {
            return ($"{name} requires \"{needed}\", and no source defines the object types of an interface there",
                "Define the object types of the interface in a source that has it, or require what a source with an interface object there has.");
        }

        return lacks.Count > 0
            ? ($"{name} requires {(lacks.Exists(field => field.Excluded is { } own && field.Field.In(own) is { Entry.IsExternal: false }) ? "of other sources " : "")}{Needs(requirement.Selection, lacks, entry.Source)}",
                $"Let what {name} requires ({Words.And(lacks.Select(field => field.Name))}) be had from where the query stands, by a lookup or a key that is known there.")
            : ($"{name} requires \"{needed}\" first, and {AskedAgain(at, entry.Source)}",
                at.Type.IsQueryRoot ? "Let clients give the argument, or move the field to a type that the source looks up."
                : $"Let {name} be entered again: give it a {WayInto(entry.Source)} of {at.Type.Name} whose key is known where the query stands.");
    }

    private string AskedAgain(Position at, SourceSchema source) => at.Type.IsQueryRoot ? $"{at.Type.Name} cannot be asked again with it"
        : !ways.Of(at.Type, source.Ordinal).IsEmpty
        ? $"entering it again {Once(at, source, isAgain: true, EnteringNeeds)}"
        : $"has no {WayInto(source)} of {at.Type.Name} to be asked again with it";

    private static string WayInto(SourceSchema source) => source.Dialect == SourceDialect.Apollo ? "resolvable @key" : "lookup";

    // Goes on after "but".
    private string NotEntered(Position at, SourceSchema source)
    {
        if (!ways.Of(at.Type, source.Ordinal).IsEmpty)
        {
            return $"entering it {EnteringNeeds(at, source)}";
        }

        if (source.Dialect != SourceDialect.Apollo)
        {
            return $"no lookup to enter {at.Type.Name} by";
        }

        foreach (var type in TypesAs(at.Type, source))
        {
            var closed = type.In(source)!.Keys.Where(key => !key.IsResolvable).Select(key => $"\"{Syntax.Fields(key.Fields)}\"").ToArray();
            if (closed.Length > 0)
            {
                return $"says resolvable: false of its @key {Words.And(closed)}, so that {type.Name} cannot be entered there";
            }
        }

        return $"no @key to enter {at.Type.Name} by";
    }

    // What the source calls the type: itself, or an interface object that stands for it.
    private IEnumerable<SupergraphType> TypesAs(TypeIndex type, SourceSchema source) =>
        ((type.Type?.Type as ComplexType)?.Interfaces.Select(it => supergraph.FindType(it.Name)) ?? [])
            .Where(it => it?.In(source) is { IsInterfaceObject: true })
            .Prepend(type.Type)
            .OfType<SupergraphType>()
            .Where(it => it.In(source) is not null);

    // By which key or lookup, and what of it cannot be had.
    private string EnteringNeeds(Position at, SourceSchema source)
    {
        var all = ways.Of(at.Type, source.Ordinal);
        var told = all.Take(all.Length <= WaysMax ? WaysMax : WaysMax - 1).Select(way => $"by {way.Name} needs {Needs(way.Key, missing.In(way.Key, at), source)}");
        return string.Join("; or ", all.Length <= WaysMax ? told : told.Append($"needs one of {all.Length - WaysMax + 1} other keys"));
    }

    private string Once(Position at, SourceSchema source, bool isAgain, Func<Position, SourceSchema, string> say)
    {
        var place = (at.Type, at.Closed, at.Facts);
        if (saidAt != place)
        {
            said.Clear();
            saidAt = place;
        }

        if (!said.TryGetValue((source.Ordinal, isAgain), out var text))
        {
            said.Add((source.Ordinal, isAgain), text = Words.Bounded(say(at, source)));
        }

        return text;
    }

    // What of a selection is missing, and who has it.
    private string Needs(SelectionSetNode selection, List<MissingField> lacks, SourceSchema source)
    {
        var text = Syntax.Fields(selection);
        var groups = lacks.GroupBy(field => Owners(field, source, "")).ToArray();
        if (groups.Length == 0)
        {
            return $"\"{text}\", which cannot be had here";
        }

        return groups.Length == 1 && string.Join(' ', lacks.Select(field => field.Name)) == text
            ? $"\"{text}\", which {groups[0].Key}"
            : $"\"{text}\", and {string.Join(", and ", groups.Select(group => Owners(group.First(), source, " " + Words.And(group.Select(field => field.Name)))))}";
    }

    // Who has the field, and why it is not to be had from there: "c has year, where the query cannot get to".
    private string Owners(MissingField field, SourceSchema asking, string what)
    {
        cancellation.ThrowIfCancellationRequested();
        var owners = field.Field.Entries.Where(entry => !entry.Entry.IsExternal && entry.Source != field.Excluded).ToArray();
        var others = owners.Where(entry => entry.Source != asking.Ordinal).ToArray();
        if (others.Length == 0)
        {
            return owners.Length > 0 ? $"only {asking.Name} itself has{what}" : $"no {(field.Excluded is null ? "" : "other ")}source has{what}";
        }

        var away = others.Where(entry => !field.At.Closed.IsIn(entry.Source)).Select(entry => entry.Entry.Source.Name).ToArray();
        var clauses = others.Where(entry => field.At.Closed.IsIn(entry.Source)).Select(entry => $"{entry.Entry.Source.Name} has{what} only {OnlyWhen(field.At, entry.Entry)}");
        return string.Join(", and ", away.Length == 0 ? clauses
            : clauses.Prepend($"{Names(away)} {(away.Length == 1 ? "has" : "have")}{what}, where the query cannot get to"));
    }

    // Why a source that the query gets to does not give a field of its own.
    private static string OnlyWhen(Position at, FieldInSource entry) =>
        entry.Override is { } @override && (!at.Facts.Labels.TryGetValue(@override.Label, out var isOn) || isOn != @override.ServesWhen)
            ? $"while the label \"{@override.Label}\" is {OnOrOff(@override.ServesWhen)}"
        : MissingContext(at, entry) is { } argument ? $"where the context \"{argument.Context}\" is set{(IsSet(at, entry, argument) ? " and can give what it needs" : "")}"
        : entry.Requirement is { } requirement ? $"with \"{Syntax.Fields(requirement.Selection)}\", which cannot be had here"
        : "on other paths";

    private static ContextArgument? MissingContext(Position at, FieldInSource entry) => entry.ContextArguments
        .FirstOrDefault(argument => !IsSet(at, entry, argument) || at.Facts.Contexts.Contains(PathFacts.Lost(entry.Source, argument)));

    private static bool IsSet(Position at, FieldInSource entry, ContextArgument argument) => at.Facts.Contexts.Contains(PathFacts.Context(entry.Source, argument.Context));

    private static string OnOrOff(bool isOn) => isOn ? "on" : "off";

    private List<(string Old, string New)> OverriddenIn(string typeName, string fieldName) =>
    [
        .. from source in merged?.Field(typeName, fieldName)?.Group.Sources ?? []
        where source.OverriddenBy is not null
        select (source.Model.Name, source.OverriddenBy!.Model.Name),
    ];

    private string Here(StandSet stands, PathFacts facts)
    {
        var labels = facts.Labels.Select(label => $"\"{label.Key}\" is {OnOrOff(label.Value)}").ToArray();
        return $"The query stands in {Names(stands.Items.Select(stand => supergraph.Sources[stand.Source].Name))}"
            + $"{(labels.Length == 0 ? "" : $", while the label {Words.And(labels)}")}.";
    }

    private static string Names(IEnumerable<string> names)
    {
        var list = names.Distinct().ToArray();
        return list.Length <= NamesMax ? Words.And(list) : $"{string.Join(", ", list.Take(NamesMax - 1))} and {list.Length - NamesMax + 1} others";
    }
}
