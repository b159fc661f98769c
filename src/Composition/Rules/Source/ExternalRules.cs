using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>EXTERNAL_UNUSED, EXTERNAL_OVERRIDE_COLLISION, EXTERNAL_PROVIDES_COLLISION, EXTERNAL_REQUIRE_COLLISION, EXTERNAL_ON_INTERFACE (§4.1.2).</summary>
internal static class ExternalRules
{
    internal static void ExternalUnused(SourceModel model, ProblemSink problems)
    {
        if (model.AllFields.Any(field => field.Provides is { Fields: null }))
        {
            // what cannot be read might have used it
            return;
        }

        var needed = ExternalHints.Needed(model);
        foreach (var field in External(model).Where(field => !needed.Contains(field.Definition)))
        {
            problems.Error(
                ProblemCode.ExternalUnused,
                $"{field} is @external, but no @provides of {model.Name} provides it and no @key has it.",
                ExternalHints.IsMeantToBeResolved(field)
                    ? ExternalHints.Own(field)
                    : $"Remove the field from {model.Name}, or provide it where you can give it.",
                field.PlaceOf(field.Directive("external")!));
        }
    }

    internal static void ExternalCollisions(SourceModel model, ProblemSink problems)
    {
        var needed = External(model).Any(ExternalHints.IsMeantToBeResolved) ? ExternalHints.Needed(model) : [];
        foreach (var field in External(model))
        {
            var own = needed.Contains(field.Definition) ? null : ExternalHints.Own(field);
            if (field.Directive("override") is { } @override)
            {
                problems.Error(
                    ProblemCode.ExternalOverrideCollision,
                    $"{field} is @external and has @override: it cannot belong to another source and be taken over from it.",
                    own ?? $"Remove @override: {model.Name} gives the field only where a @provides or a key names it, and for that it stays @external.",
                    field.PlaceOf(field.Directive("external")!), field.PlaceOf(@override));
            }

            if (field.Directive("provides") is { } provides)
            {
                problems.Error(
                    ProblemCode.ExternalProvidesCollision,
                    $"{field} is @external and has @provides: what another source resolves cannot provide anything here.",
                    own ?? ExternalHints.WithoutProvides(field),
                    field.PlaceOf(field.Directive("external")!), field.PlaceOf(provides));
            }

            foreach (var use in field.RequiredArguments.Values)
            {
                problems.Error(
                    ProblemCode.ExternalRequireCollision,
                    $"{field} is @external and has an argument with @require: another source resolves it, so it requires nothing here.",
                    own ?? "Remove the argument.",
                    field.PlaceOf(field.Directive("external")!), use.Place);
            }
        }
    }

    internal static void ExternalOnInterface(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.IsExternal && field.Type.Definition is InterfaceType))
        {
            problems.Error(
                ProblemCode.ExternalOnInterface,
                $"{field} is @external, and {field.Type} is an interface: only the objects that implement it resolve fields.",
                $"Move @external to the field of each object that implements {field.Type}.",
                field.PlaceOf(field.Directive("external")!));
        }
    }

    private static IEnumerable<SourceField> External(SourceModel model) =>
        model.AllFields.Where(field => field.IsExternal && field.Type.Definition is ObjectType);
}
