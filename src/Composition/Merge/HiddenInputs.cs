using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The input types, enums and scalars that only feed what clients never see: arguments with <c>@require</c> and those of internal fields.
/// They are no part of the composed schema (Composite Schemas, Section 2, @require).
/// </summary>
internal static class HiddenInputs
{
    internal static HashSet<string> Find(SourceSet sources)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in sources.Models.SelectMany(model => model.AllFields))
        {
            if (!field.IsInternal)
            {
                Collect(field.Definition.Type.Named, used);
            }

            foreach (var argument in field.Definition.Arguments)
            {
                var isHidden = field.IsInternal || field.RequiredArguments.ContainsKey(argument.Name);
                Collect(argument.Type.Named, isHidden ? hidden : used);
            }
        }

        hidden.ExceptWith(used);
        return hidden;
    }

    private static void Collect(NamedType type, HashSet<string> names)
    {
        if (type is ScalarType or EnumType or InputObjectType && names.Add(type.Name) && type is InputObjectType input)
        {
            foreach (var field in input.Fields)
            {
                Collect(field.Type.Named, names);
            }
        }
    }
}
