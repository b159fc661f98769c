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

        var provided = model.AllFields
            .Where(field => field.Provides?.Fields is not null && field.Definition.Type.Named is CompositeType)
            .SelectMany(field => FieldSets.Walk(model.Schema, (CompositeType)field.Definition.Type.Named, field.Provides!.Fields!))
            .Select(step => step.Definition)
            .ToHashSet();
        foreach (var field in External(model).Where(field => !field.IsKeyField && !provided.Contains(field.Definition)))
        {
            problems.Error(
                ProblemCode.ExternalUnused,
                $"{field} is @external, but no @provides of {model.Name} provides it and no @key has it.",
                $"Remove the field from {model.Name}, or provide it where you can give it.",
                field.PlaceOf(field.Directive("external")!));
        }
    }

    internal static void ExternalCollisions(SourceModel model, ProblemSink problems)
    {
        foreach (var field in External(model))
        {
            if (field.Directive("override") is { } @override)
            {
                problems.Error(
                    ProblemCode.ExternalOverrideCollision,
                    $"{field} is @external and has @override: it cannot belong to another source and be taken over from it.",
                    "Remove @external to own the field, or remove @override.",
                    field.PlaceOf(field.Directive("external")!), field.PlaceOf(@override));
            }

            if (field.Directive("provides") is { } provides)
            {
                problems.Error(
                    ProblemCode.ExternalProvidesCollision,
                    $"{field} is @external and has @provides: what another source resolves cannot provide anything here.",
                    "Remove @provides, or remove @external to resolve the field here.",
                    field.PlaceOf(field.Directive("external")!), field.PlaceOf(provides));
            }

            foreach (var use in field.RequiredArguments.Values)
            {
                problems.Error(
                    ProblemCode.ExternalRequireCollision,
                    $"{field} is @external and has an argument with @require: another source resolves it, so it requires nothing here.",
                    "Remove the argument, or remove @external to resolve the field here.",
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
