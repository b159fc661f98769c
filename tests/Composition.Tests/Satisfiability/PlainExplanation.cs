using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>Says in words why each source cannot serve a field.</summary>
internal sealed class Explanation(Supergraph supergraph, Reachability reachability)
{
    internal string WhyNot(StandPoint point, ImmutableArray<Stand> closed, string fieldName, PathFacts facts)
    {
        var at = new Position(point.TypeName, closed, facts);
        var field = supergraph.FindField(point.TypeName, fieldName)!;
        var without = supergraph.Sources.Where(source => field.In(source) is null).Select(source => source.Name).ToArray();
        var reasons = field.Sources.Select(entry => WhyNot(at, fieldName, entry)).ToList();
        if (without.Length > 0)
        {
            reasons.Add($"{Words.And(without)} {(without.Length == 1 ? "does" : "do")} not have it");
        }

        return $"{string.Join("; ", reasons)}. {Here(point.Stands, facts)}";
    }

    internal string WhyNoTypename(NamedType returned, ImmutableArray<Stand> options, PathFacts facts)
    {
        var point = new StandPoint(returned.Name, options, facts);
        var at = new Position(returned.Name, reachability.CloseUntold(point), facts);
        var homes = supergraph.FindType(returned.Name)!.Sources.Where(type => !type.IsInterfaceObject && !type.PossibleTypes.IsEmpty).ToArray();
        string[] Unknown(TypeInSource home) => [.. homes.SelectMany(type => type.PossibleTypes).Distinct().Except(home.PossibleTypes)];
        var names = options.Select(stand => supergraph.Sources[stand.Source].Name).Distinct().ToArray();
        var reasons = homes
            .Select(type => Unknown(type) is { Length: > 0 } unknown
                ? $"{type.Source.Name} does not know {Words.And(unknown)}"
                : $"{type.Source.Name} knows its objects, but {NotEntered(at, type.Source)}")
            .Prepend($"{Words.And(names)} {(names.Length == 1 ? "knows" : "know")} {returned.Name} only as an interface object");
        return $"{string.Join("; ", reasons)}. {Here(options, facts)}";
    }

    private string WhyNot(Position at, string fieldName, FieldInSource entry)
    {
        var name = entry.Source.Name;
        if (entry.IsExternal)
        {
            return ProvidedViews.Of(supergraph).Contains((entry.Source.Ordinal, at.TypeName, fieldName))
                ? $"{name} gives it only below a @provides, and there is none of it on this path"
                : $"{name} only mentions it as @external";
        }

        if (entry.Override is { } @override && at.Facts.Labels[@override.Label] != @override.ServesWhen)
        {
            return $"{name} serves it only while the label \"{@override.Label}\" is {OnOrOff(@override.ServesWhen)}";
        }

        if (!at.IsIn(entry.Source))
        {
            return $"{name} has it, but {NotEntered(at, entry.Source)}";
        }

        if (MissingContext(at, entry) is { } argument)
        {
            return IsSet(at, entry, argument)
                ? $"{name} needs \"{Syntax.Fields(argument.Selection)}\" of the context \"{argument.Context}\", which cannot be had where that is set"
                : $"{name} needs the context \"{argument.Context}\", which nothing above sets there";
        }

        var requirement = entry.Requirement!;
        int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source.Ordinal;
        var lacks = Missing(requirement.Selection, at, excluded, isNested: false).DistinctBy(field => field.Name).ToArray();
        if (lacks.Length == 0 && !reachability.CanSelect(at.TypeName, at.Closed, requirement.Selection, at.Facts, excluded))
        {
            return $"{name} requires \"{Syntax.Fields(requirement.Selection)}\", and no source defines the object types of an interface there";
        }

        if (lacks.Length == 0)
        {
            return $"{name} requires \"{Syntax.Fields(requirement.Selection)}\" first, and {AskedAgain(at, entry.Source)}";
        }

        var hasItself = excluded is not null && lacks.Any(field => field.Entries.Any(own => own.Source.Ordinal == excluded && !own.IsExternal));
        return $"{name} requires {(hasItself ? "of other sources " : "")}{Needs(requirement.Selection, lacks, entry.Source)}";
    }

    private string AskedAgain(Position at, SourceSchema source) =>
        reachability.IsQueryRoot(at.TypeName) ? $"{at.TypeName} cannot be asked again with it"
        : reachability.LookupsInto(at.TypeName, source.Ordinal).Any() ? $"entering it again {EnteringNeeds(at, source)}"
        : $"has no {(source.Dialect == SourceDialect.Apollo ? "resolvable @key" : "lookup")} of {at.TypeName} to be asked again with it";

    private string NotEntered(Position at, SourceSchema source)
    {
        if (reachability.LookupsInto(at.TypeName, source.Ordinal).Any())
        {
            return $"entering it {EnteringNeeds(at, source)}";
        }

        if (source.Dialect != SourceDialect.Apollo)
        {
            return $"no lookup to enter {at.TypeName} by";
        }

        var type = supergraph.FindType(at.TypeName)!;
        var names = ((type.Type as ComplexType)?.Interfaces.Select(it => it.Name) ?? [])
            .Where(it => supergraph.FindType(it)?.In(source) is { IsInterfaceObject: true })
            .Prepend(at.TypeName);
        var closed = names
            .Select(it => (Name: it, Keys: (supergraph.FindType(it)?.In(source)?.Keys ?? []).Where(key => !key.IsResolvable).ToArray()))
            .FirstOrDefault(it => it.Keys.Length > 0);
        return closed.Keys is null ? $"no @key to enter {at.TypeName} by"
            : $"says resolvable: false of its @key {Words.And(closed.Keys.Select(key => $"\"{Syntax.Fields(key.Fields)}\""))}, so that {closed.Name} cannot be entered there";
    }

    private string EnteringNeeds(Position at, SourceSchema source)
    {
        var ways = reachability.LookupsInto(at.TypeName, source.Ordinal).GroupBy(lookup => Syntax.Fields(lookup.Key)).Select(same =>
        {
            var lookups = same.Where(lookup => lookup.Kind == LookupKind.Field)
                .Select(lookup => string.Join('.', lookup.Path.Add(lookup.FieldName))).Distinct().ToArray();
            var key = same.First().Key;
            return $"by {(lookups.Length == 0 ? "its @key" : $"the lookup {string.Join(" or ", lookups)}")} needs "
                + Needs(key, [.. Missing(key, at, null, isNested: false).DistinctBy(field => field.Name)], source);
        });
        return string.Join("; or ", ways);
    }

    private static string Needs(SelectionSetNode selection, MissingField[] lacks, SourceSchema source)
    {
        var text = Syntax.Fields(selection);
        var groups = lacks.GroupBy(field => Owners(field, source, "")).ToArray();
        return groups.Length == 0 ? $"\"{text}\", which cannot be had here"
            : groups.Length == 1 && string.Join(' ', lacks.Select(field => field.Name)) == text ? $"\"{text}\", which {groups[0].Key}"
            : $"\"{text}\", and {string.Join(", and ", groups.Select(group => Owners(group.First(), source, " " + Words.And(group.Select(field => field.Name)))))}";
    }

    private static string Owners(MissingField field, SourceSchema asking, string what)
    {
        var owners = field.Entries.Where(entry => !entry.IsExternal && entry.Source.Ordinal != field.Excluded).ToArray();
        var others = owners.Where(entry => entry.Source.Ordinal != asking.Ordinal).ToArray();
        if (others.Length == 0)
        {
            return owners.Length > 0 ? $"only {asking.Name} itself has{what}" : $"no {(field.Excluded is null ? "" : "other ")}source has{what}";
        }

        var away = others.Where(entry => !field.At.IsIn(entry.Source)).Select(entry => entry.Source.Name).ToArray();
        var clauses = others.Where(entry => field.At.IsIn(entry.Source)).Select(entry => $"{entry.Source.Name} has{what} only {OnlyWhen(field.At, entry)}");
        return string.Join(", and ", away.Length == 0 ? clauses
            : clauses.Prepend($"{Words.And(away)} {(away.Length == 1 ? "has" : "have")}{what}, where the query cannot get to"));
    }

    private static string OnlyWhen(Position at, FieldInSource entry) =>
        entry.Override is { } @override && (!at.Facts.Labels.TryGetValue(@override.Label, out var isOn) || isOn != @override.ServesWhen)
            ? $"while the label \"{@override.Label}\" is {OnOrOff(@override.ServesWhen)}"
        : MissingContext(at, entry) is { } argument ? $"where the context \"{argument.Context}\" is set{(IsSet(at, entry, argument) ? " and can give what it needs" : "")}"
        : entry.Requirement is { } requirement ? $"with \"{Syntax.Fields(requirement.Selection)}\", which cannot be had here"
        : "on other paths";

    private IEnumerable<MissingField> Missing(SelectionSetNode selection, Position at, int? excluded, bool isNested) =>
        selection.Selections.SelectMany(node => node switch
        {
            InlineFragmentNode fragment => new ProvidedViews(supergraph).Applies(fragment, at.TypeName)
                ? Missing(fragment.SelectionSet, at, excluded, isNested)
                : [],
            FieldNode field when !reachability.CanSelect(at.TypeName, at.Closed, Syntax.SelectionSet([field]), at.Facts, excluded) =>
                MissingOf(field, at, excluded, isNested),
            _ => [],
        });

    private IEnumerable<MissingField> MissingOf(FieldNode node, Position at, int? excluded, bool isNested) =>
        reachability.Choices(at.TypeName, node.Name.Value, at.Facts).SelectMany(facts => MissingOnce(node, at with { Facts = facts }, excluded, isNested));

    private IEnumerable<MissingField> MissingOnce(FieldNode node, Position at, int? excluded, bool isNested)
    {
        if (reachability.CanSelect(at.TypeName, at.Closed, Syntax.SelectionSet([node]), at.Facts, excluded))
        {
            return [];
        }

        var name = node.Name.Value;
        var options = reachability.ServeOnce(at.TypeName, at.Closed, name, at.Facts, excluded);
        var returned = (supergraph.FullSchema.FindType(at.TypeName) as CompositeType)?.FindField(name)?.Type.Named;
        return options.IsEmpty || node.SelectionSet is null || returned is null
            ? [new MissingField(isNested ? $"{at.TypeName}.{name}" : name, supergraph.FindField(at.TypeName, name)?.Sources ?? [], at, excluded)]
            : reachability.Below(returned, options, at.Facts).SelectMany(point =>
                Missing(node.SelectionSet, new Position(point.TypeName, reachability.Close(point), at.Facts), null, isNested: true));
    }

    private static ContextArgument? MissingContext(Position at, FieldInSource entry) => entry.ContextArguments
        .FirstOrDefault(argument => !IsSet(at, entry, argument) || at.Facts.Contexts.Contains(PathFacts.Lost(entry.Source, argument)));

    private static bool IsSet(Position at, FieldInSource entry, ContextArgument argument) => at.Facts.Contexts.Contains(PathFacts.Context(entry.Source, argument.Context));

    private static string OnOrOff(bool isOn) => isOn ? "on" : "off";

    private string Here(ImmutableArray<Stand> stands, PathFacts facts)
    {
        var labels = facts.Labels.Select(label => $"\"{label.Key}\" is {OnOrOff(label.Value)}").ToArray();
        return $"The query stands in {Words.And(stands.Select(stand => supergraph.Sources[stand.Source].Name))}"
            + $"{(labels.Length == 0 ? "" : $", while the label {Words.And(labels)}")}.";
    }

    private sealed record Position(string TypeName, ImmutableArray<Stand> Closed, PathFacts Facts)
    {
        internal bool IsIn(SourceSchema source) => Closed.Any(stand => stand.Source == source.Ordinal);
    }

    private sealed record MissingField(string Name, ImmutableArray<FieldInSource> Entries, Position At, int? Excluded);
}
