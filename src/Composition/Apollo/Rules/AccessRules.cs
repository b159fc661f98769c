using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE; MISSING_TRANSITIVE_AUTH_REQUIREMENTS: a field that is computed from protected ones
/// (<c>@requires</c>, <c>@fromContext</c>) is protected at least as they are, or it would show what nobody may see.
/// </summary>
internal static class AccessRules
{
    internal static void AppliedOnInterface(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is InterfaceType || type.IsInterfaceObject))
        {
            foreach (var directive in type.Definition.Directives.Where(IsAccess))
            {
                Report(type.Name, directive, type.PlaceOf(directive));
            }

            foreach (var field in type.Fields.Values.Where(_ => type.Definition is InterfaceType))
            {
                foreach (var directive in field.Definition.Directives.Where(IsAccess))
                {
                    Report(field.Coordinate, directive, field.PlaceOf(directive));
                }
            }
        }

        void Report(string where, DirectiveNode directive, Place place) => problems.Error(
            ProblemCode.AuthRequirementsAppliedOnInterface,
            $"{where} has @{directive.Name}, and belongs to an interface: who may see a value depends on what object it is.",
            "Move the directive to the objects that implement the interface; the interface is protected as they are.",
            place);
    }

    internal static void MissingTransitiveAuthRequirements(MergedSchema merged, ProblemSink problems)
    {
        var access = AccessMerger.Merge(merged, problems.Cancellation);
        if (access.IsEmpty)
        {
            return;
        }

        foreach (var field in merged.Sources.Models.Where(model => model.IsApollo).SelectMany(model => model.AllFields))
        {
            if (access.TooMany is not null)
            {
                break;
            }

            if (field.Requires is null && field.ContextArguments.Count == 0)
            {
                continue;
            }

            var own = access.Both(access.Of(field.Type.Name), access.Of(field.Coordinate), field.Coordinate);
            if (field.Requires?.Fields is { } fields && Missing(merged, new Own(access, own, field.Coordinate), field.Type.Name, fields) is { } missing)
            {
                Report(field, "@requires", missing, field.Requires.Place);
            }

            foreach (var use in field.ContextArguments.Values.Where(use => use is { Context: not null, Selection: not null }))
            {
                var selection = ContextRules.ParseSelection(use.Selection!).Selection;
                foreach (var setter in ContextRules.Setters(field.Model, use.Context!))
                {
                    var problem = !access.Implies(own, access.Of(setter.Name), field.Coordinate) ? setter.Name
                        : selection is null ? null
                        : Missing(merged, new Own(access, own, field.Coordinate), setter.Name, selection);
                    if (problem is not null)
                    {
                        Report(field, "@fromContext", problem, use.Place);
                    }
                }
            }
        }

        if (access.TooMany is { } coordinate)
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"With {coordinate} the alternatives of @requiresScopes and @policy are too many to be held against each other: those of several sources, and of an interface's objects, multiply.",
                $"Require the same of {coordinate} in all sources, or with fewer alternatives.",
                merged.Types.GetValueOrDefault(coordinate.Split('.')[0])?.Group.Places ?? []);
        }

        void Report(SourceField field, string directive, string what, Place place) => problems.Error(
            ProblemCode.MissingTransitiveAuthRequirements,
            $"{field} is computed from {what} ({directive}), which not everybody may see, and {field} itself is less protected.",
            $"Give {field} at least the @authenticated, @requiresScopes and @policy of {what}.",
            place, field.Place);
    }

    // The first member of the selection that is better protected.
    private static string? Missing(MergedSchema merged, Own own, string typeName, SelectionSetNode selection)
    {
        foreach (var node in selection.Selections)
        {
            var problem = node switch
            {
                FieldNode field => MissingField(merged, own, typeName, field),
                InlineFragmentNode { TypeCondition: { } condition } when !own.Implies(condition.Name.Value) => condition.Name.Value,
                InlineFragmentNode fragment => Missing(merged, own, fragment.TypeCondition?.Name.Value ?? typeName, fragment.SelectionSet),
                _ => null,
            };
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? MissingField(MergedSchema merged, Own own, string typeName, FieldNode node)
    {
        if (merged.Field(typeName, node.Name.Value) is not { } field)
        {
            return null;
        }

        var coordinate = $"{typeName}.{node.Name}";
        var returned = TypeNodes.Named(field.Type);
        return !own.Implies(coordinate) ? coordinate
            : !own.Implies(returned) ? returned
            : node.SelectionSet is null ? null
            : Missing(merged, own, returned, node.SelectionSet);
    }

    // What a field requires.
    private sealed record Own(AccessMerger Access, AccessRequirement Requirement, string Coordinate)
    {
        public bool Implies(string other) => Access.Implies(Requirement, Access.Of(other), Coordinate);
    }

    private static bool IsAccess(DirectiveNode directive) =>
        directive.Name.Value is WellKnownDirectives.Authenticated or WellKnownDirectives.RequiresScopes or WellKnownDirectives.Policy;
}
