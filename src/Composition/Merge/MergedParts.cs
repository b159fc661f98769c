using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Which source knows which composed member, and how entities are looked up.</summary>
internal static class MergedParts
{
    internal static Dictionary<string, SupergraphTypeParts> Of(MergedSchema merged, CancellationToken cancellation)
    {
        var types = merged.Types.Values.ToArray();
        var each = new SupergraphTypeParts[types.Length];
        var entries = Entries(merged, cancellation);
        Parallel.For(0, types.Length, new ParallelOptions { CancellationToken = cancellation }, i => each[i] = PartsOf(types[i], entries));
        var parts = new Dictionary<string, SupergraphTypeParts>(types.Length, StringComparer.Ordinal);
        for (var i = 0; i < types.Length; i++)
        {
            parts.Add(types[i].Name, each[i]);
        }

        foreach (var (type, lookups) in merged.Sources.Models.SelectMany(model => entries[model]))
        {
            parts.GetValueOrDefault(type.Name)?.Lookups.AddRange(lookups);
        }

        return parts;
    }

    // The types that the lookup fields of each source enter, with the lookups that enter them.
    private static Dictionary<SourceModel, Dictionary<SourceType, List<Lookup>>> Entries(MergedSchema merged, CancellationToken cancellation)
    {
        var models = merged.Sources.Models;
        var entered = new Dictionary<SourceType, List<Lookup>>[models.Length];
        Parallel.For(0, models.Length, new ParallelOptions { CancellationToken = cancellation }, i => entered[i] = EntriesOf(merged.Sources, models[i], cancellation));
        return models.Zip(entered).ToDictionary();
    }

    private static Dictionary<SourceType, List<Lookup>> EntriesOf(SourceSet sources, SourceModel model, CancellationToken cancellation)
    {
        var entries = new Dictionary<SourceType, List<Lookup>>();
        foreach (var lookup in model.Lookups.Where(lookup => lookup.IsReachable && lookup.ReturnType is not null))
        {
            cancellation.ThrowIfCancellationRequested();
            var ways = new LookupWays(lookup, model.Schema);
            foreach (var type in LookupBuilder.EnteredTypes(model, lookup.ReturnType!))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(entries, type, out _) ??= []).AddRange(LookupBuilder.Lookups(sources, model, lookup, ways, type));
            }
        }

        return entries;
    }

    private static SupergraphTypeParts PartsOf(MergedType type, Dictionary<SourceModel, Dictionary<SourceType, List<Lookup>>> entries)
    {
        var parts = new SupergraphTypeParts();
        foreach (var source in type.Group.Sources)
        {
            parts.Sources.Add(TypeIn(type, source, entries[source.Model].GetValueOrDefault(source, [])));
            if (source.Model.IsApollo)
            {
                parts.Lookups.AddRange(Representations(source));
            }
        }

        foreach (var field in type.Fields.Values)
        {
            if (field.Group.IsGateways)
            {
                parts.GatewayFields.Add(field.Name);
                continue;
            }

            // A field that comes from an interface object has the interface's sources; InterfaceObjects.Spread adds them.
            // What is overridden is still there for keys; Apollo's sources only take it in representations.
            foreach (var source in field.Group.Sources)
            {
                if (source.Type.Name == type.Name && (!source.IsOverridden || (source.Model.IsApollo ? source.IsUsed : source.IsKeyField)))
                {
                    parts.AddField(field.Name, FieldIn(field, source));
                }
            }
        }

        return parts;
    }

    private static TypeInSource TypeIn(MergedType type, SourceType source, List<Lookup> lookups)
    {
        var enterable = source.Keys.Count == 0 || lookups.Count == 0
            ? []
            : lookups.Select(lookup => Syntax.Fields(lookup.Key)).ToHashSet(StringComparer.Ordinal);
        return new TypeInSource
        {
            Source = source.Model.Source,
            IsInterfaceObject = source.IsInterfaceObject,
            Contexts = source.Contexts.Count == 0 ? [] : [.. source.Contexts.Select(use => use.Name).Distinct()],
            CacheTags = CacheTags(source.Definition.Directives),
            CacheHint = CacheHintOf(source.Definition.Directives),
            Interfaces = source.Interfaces.IsEmpty ? [] : [.. source.Interfaces.Where(type.Interfaces.Contains)],
            PossibleTypes = source.Definition is UnionType union
                ? [.. union.Members.Select(member => member.Name).Where(type.Members.Contains)]
                : [],
            EnumValues = source.Definition is EnumType @enum
                ? [.. type.EnumValues.Select(value => value.Name).Where(name => @enum.FindValue(name) is not null)]
                : [],
            InputFields = source.Definition is InputObjectType input
                ? [.. type.InputFields.Keys.Where(name => input.FindField(name) is not null)]
                : [],
            Keys = source.Keys.Count == 0
            ? []
            :
            [
                .. source.Keys.Select(key => new EntityKey(
                    key.Fields, source.Model.IsApollo ? key.IsResolvable : enterable.Contains(key.Text))),
            ],
        };
    }

    private static IEnumerable<Lookup> Representations(SourceType source) =>
        from key in source.Keys
        where key.IsResolvable
        select new Lookup
        {
            Source = source.Model.Source,
            Kind = LookupKind.Representations,
            Key = key.Fields,
            TypeName = source.Name,
        };

    private static FieldInSource FieldIn(MergedField field, SourceField source) => new()
    {
        Source = source.Model.Source,
        Type = TypeNodes.Of(source.Definition),
        IsExternal = !source.IsGiven || source.IsOverridden && source.Model.IsApollo && !source.IsExtensionKey,
        Provides = source.Provides?.Fields,
        Requirement = RequirementOf(source),
        Override = Overrides.ConditionOf(field.Group, source),
        Arguments = source.Definition.Arguments.IsEmpty
            ? []
            : [.. source.Definition.Arguments.Select(argument => argument.Name).Where(field.Arguments.ContainsKey)],
        CacheTags = source.IsExternal ? [] : CacheTags(source.Definition.Directives),
        CacheHint = source.IsExternal ? null : CacheHintOf(source.Definition.Directives),
        ContextArguments = source.ContextArguments.Count == 0 ? [] : ContextArguments(source),
    };

    private static ImmutableArray<ContextArgument> ContextArguments(SourceField source) =>
        [
            .. from argument in source.Definition.Arguments
            let use = source.ContextArguments.GetValueOrDefault(argument.Name)
            let selection = use?.Selection is { } text ? ContextRules.ParseSelection(text).Selection : null
            where selection is not null
            select new ContextArgument(argument.Name, TypeNodes.Of(argument), use!.Context!, selection),
        ];

    private static ImmutableArray<string> CacheTags(ImmutableArray<DirectiveNode> directives) => directives.IsEmpty
        ? []
        :
        [
            .. directives.Where(directive => directive.Name.Value == "cacheTag")
                .Select(directive => (directive.Argument("format") as StringValueNode)?.Value)
                .OfType<string>()
                .Distinct(),
        ];

    private static CacheHint? CacheHintOf(ImmutableArray<DirectiveNode> directives) =>
        directives.FirstOrDefault(static directive => SourceLinks.OwnName(directive.Name.Value) == CacheHint.DirectiveName) is { } directive ? CacheHint.Of(directive) : null;

    private static FieldRequirement? RequirementOf(SourceField source)
    {
        if (source.Requires is { Fields: { } fields })
        {
            return new FieldRequirement(fields, []);
        }

        if (source.RequiredArguments.Count == 0)
        {
            return null;
        }

        ImmutableArray<MappedArgument> arguments =
        [
            .. from argument in source.Definition.Arguments
            let use = source.RequiredArguments.GetValueOrDefault(argument.Name)
            let map = use?.Map
            where map is not null
            select new MappedArgument(argument.Name, TypeNodes.Of(argument), map) { StrictFields = TypeNodes.StrictFieldsOf(argument, map) },
        ];
        return arguments.IsEmpty ? null : new FieldRequirement(MapSelections.Of(arguments), arguments);
    }
}
