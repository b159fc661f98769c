using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What to do about a field that is <c>@external</c> and says at the same time that its source resolves it. Where the source needs the
/// field as another's, what says otherwise goes; elsewhere <c>@external</c> does. So the hints of all rules that the field breaks agree,
/// EXTERNAL_UNUSED included.
/// </summary>
internal static class ExternalHints
{
    /// <summary>True for a field with <c>@override</c>, <c>@provides</c> or an argument with <c>@require</c>.</summary>
    internal static bool IsMeantToBeResolved(SourceField field) =>
        field.Directive("override") is not null || field.Directive("provides") is not null || field.RequiredArguments.Count > 0;

    /// <summary>The fields that the source has to know as another's: those that it provides, and its keys (Composite Schemas).</summary>
    /// <param name="model">A source of Composite Schemas.</param>
    /// <param name="except">The field whose <c>@provides</c> does not count.</param>
    internal static HashSet<FieldDefinition> Needed(SourceModel model, SourceField? except = null)
    {
        var needed = model.AllFields
            .Where(field => field != except && field.Provides?.Fields is not null && field.Definition.Type.Named is CompositeType)
            .SelectMany(field => FieldSets.Walk(model.Schema, (CompositeType)field.Definition.Type.Named, field.Provides!.Fields!))
            .Select(step => step.Definition)
            .OfType<FieldDefinition>()
            .ToHashSet();
        needed.UnionWith(model.AllFields.Where(field => field.IsKeyField).Select(field => field.Definition));
        return needed;
    }

    /// <summary>For a field that the source does not need as another's.</summary>
    internal static string Own(SourceField field)
    {
        var model = field.Model.Name;
        return field.Override is { } @override
                ? $"Remove @external: {model} then resolves the field in place of {@override.From}. Where further sources resolve it, it must be @shareable in all of them."
            : field.Model.IsFederation1 ? $"Remove @external: {model} then resolves the field too."
            : $"Remove @external, and mark the field as @shareable in every source that resolves it, {model} among them.";
    }

    /// <summary>For a field with <c>@provides</c> that the source needs as another's.</summary>
    internal static string WithoutProvides(SourceField field)
    {
        var model = field.Model;
        var still = model.IsApollo ? [.. ApolloMarks.Used(model, field).Select(used => used.Definition)] : Needed(model, field);
        var only = ApolloMarks.Targets(model, field.Definition.Type.Named, field.Provides?.Fields)
            .Where(target => target.IsExternal && !still.Contains(target.Definition))
            .Select(target => target.Coordinate)
            .Distinct()
            .ToArray();
        return only.Length == 0
            ? "Remove @provides."
            : $"Remove @provides, and from {model.Name} what nothing uses then: {Words.And(only)}.";
    }
}
