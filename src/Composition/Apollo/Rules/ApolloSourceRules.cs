using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that a source of the Apollo dialect must keep on its own; this is the table of contents. Federation 1 is held to them as
/// <see cref="Federation1Upgrade"/> reads it.
/// </summary>
internal static partial class ApolloSourceRules
{
    internal static ImmutableArray<Action<SourceModel, ProblemSink>> All { get; } =
    [
        FieldSetRules.Keys,
        FieldSetRules.Requires,
        FieldSetRules.Provides,
        ContextRules.Names,
        ContextRules.Arguments,
        ExternalRules.ExternalOnInterface,
        ExternalUnused,
        InterfaceKeyNotOnImplementation,
        InterfaceObjectUsage,
        InvalidShareableUsage,
        CostRules.CostAppliedToInterfaceField,
        CostRules.ListSize,
        AccessRules.AppliedOnInterface,
        CacheTagRules.CacheTagFormat,
    ];

    /// <summary>An override's label: a name of the team's own, or a share of the requests.</summary>
    internal static bool IsLabel(string label) => Label().IsMatch(label);

    private static void ExternalUnused(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field is { IsExternal: true, IsUsed: false }))
        {
            problems.Error(
                ProblemCode.ExternalUnused,
                $"{field} is @external, but no @key, @requires or @provides of {model.Name} uses it.",
                ExternalHints.IsMeantToBeResolved(field) ? ExternalHints.Own(field) : $"Remove the field from {model.Name}.",
                field.Directive("external") is { } directive ? field.PlaceOf(directive) : field.Place);
        }
    }

    private static void InterfaceKeyNotOnImplementation(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is InterfaceType))
        {
            foreach (var key in type.Keys)
            {
                var types = ApolloMarks.Implementations(model, type.Definition).Select(it => model.Types.GetValueOrDefault(it.Name)).OfType<SourceType>();
                var without = types.Where(it => !it.Keys.Exists(own => FieldSets.AreSame(own.Fields, key.Fields))).ToArray();
                var unresolved = types.Where(it => key.IsResolvable
                    && it.Keys.Find(own => FieldSets.AreSame(own.Fields, key.Fields)) is { IsResolvable: false }).ToArray();
                if (without.Length > 0)
                {
                    Report(key, type, without, "without it", $"Add @key(fields: \"{key.Text}\") to each of them.");
                }
                else if (unresolved.Length > 0)
                {
                    Report(key, type, unresolved, "with it only as resolvable: false", "Remove resolvable: false there, or add it to the interface.");
                }
            }
        }

        void Report(SourceKey key, SourceType type, SourceType[] objects, string what, string hint) => problems.Error(
            ProblemCode.InterfaceKeyNotOnImplementation,
            $"The interface {type} has the key \"{key.Text}\" in {model.Name}, and there are objects of it there {what}: {Words.And(objects.Select(it => it.Name))}.",
            hint,
            objects.Select(it => it.Place).Prepend(key.Place));
    }

    private static void InterfaceObjectUsage(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.IsInterfaceObject && type.KeyUses.Count == 0))
        {
            InterfaceObjectWithoutKey(type.Name, model.Name, type.Place, problems);
        }
    }

    internal static void InterfaceObjectWithoutKey(string type, string source, Place place, ProblemSink problems) =>
        problems.Error(
            ProblemCode.InterfaceObjectUsageError,
            $"{type} has @interfaceObject and no @key, so that {source} can never be asked for it.",
            $"Add the @key that the interface {type} has in the other sources.",
            place);

    private static void InvalidShareableUsage(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var origin in type.Definition.Origins)
            {
                var applied = ((origin.Node as Language.TypeSystemNode)?.Directives ?? []).Where(it => it.Name.Value == "shareable").ToArray();
                if (applied.Length > 1)
                {
                    Twice(type.Name, applied.Select(it => model.At(origin, it.Start)));
                }
            }

            foreach (var field in type.Fields.Values)
            {
                var applied = field.Definition.Directives.Where(it => it.Name.Value == "shareable").ToArray();
                if (applied.Length > 1 && type.Definition is ObjectType)
                {
                    Twice(field.Coordinate, applied.Select(field.PlaceOf));
                }

                if (applied.Length > 0 && type.Definition is InterfaceType)
                {
                    problems.Error(
                        ProblemCode.InvalidShareableUsage,
                        $"{field} is @shareable, and {type} is an interface: only the objects that implement it resolve fields.",
                        $"Move @shareable to the field of each object that implements {type}.",
                        field.PlaceOf(applied[0]));
                }
            }
        }

        void Twice(string what, IEnumerable<Place> places) => problems.Error(
            ProblemCode.InvalidShareableUsage,
            $"{what} has @shareable twice on one definition; it is repeatable only for the definition and the extensions of a type.",
            "Remove one of them.",
            places);
    }

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9_\-:./]*|percent\((\d{1,2}(\.\d{1,8})?|100)\))$")]
    private static partial Regex Label();
}
