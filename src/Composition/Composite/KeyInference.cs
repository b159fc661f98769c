using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What HotChocolate's preprocessor does by default: what identifies an entity in a lookup is a key of it, and the keys of an interface
/// are keys of its objects. Then every field that is part of a key is noted, because it may be shared.
/// </summary>
internal static class KeyInference
{
    /// <summary>How many keys objects have of their interfaces, in a source and in all together: each key of an interface is one of each of its objects.</summary>
    internal const int MaxInherited = 100_000;

    /// <summary>The object with which there are more inherited keys than <see cref="MaxInherited"/>; null where there are not so many.</summary>
    internal static SourceType? FindTooMany(params IEnumerable<SourceModel> models)
    {
        var count = 0L;
        return models.Where(model => !model.IsApollo && model.Input.Settings.InheritInterfaceKeys)
            .SelectMany(model => model.Types.Values.Where(type => type.Definition is ObjectType))
            .FirstOrDefault(type => (count += type.Interfaces.Sum(name => (long)(type.Model.Types.GetValueOrDefault(name)?.Keys.Count ?? 0))) > MaxInherited);
    }

    internal static void Run(SourceModel model)
    {
        // A rule refuses too many.
        if (model.Input.Settings.InheritInterfaceKeys && FindTooMany(model) is null)
        {
            Inherit(model);
        }

        // A rule refuses too many.
        if (model.Input.Settings.InferKeysFromLookups && LookupBuilder.FindTooMany(model) is null)
        {
            var known = new Dictionary<SourceType, HashSet<string>>();
            foreach (var lookup in model.Lookups)
            {
                Infer(model, lookup, known);
            }
        }

        KeyFieldMarks.Set(model);
    }

    private static void Inherit(SourceModel model)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is ObjectType && !type.Interfaces.IsEmpty))
        {
            var texts = type.Keys.Select(key => key.Text).ToHashSet(StringComparer.Ordinal);
            foreach (var key in type.Interfaces.SelectMany(name => model.Types.GetValueOrDefault(name)?.Keys ?? []))
            {
                if (texts.Add(key.Text))
                {
                    type.Keys.Add(key);
                }
            }
        }
    }

    private static void Infer(SourceModel model, SourceLookup lookup, Dictionary<SourceType, HashSet<string>> known)
    {
        // A rule refuses such lookups.
        if (lookup.ReturnType is not { } returned || LookupBuilder.HasTooManyWays(lookup))
        {
            return;
        }

        var ways = new LookupWays(lookup, model.Schema);
        foreach (var type in LookupBuilder.EnteredTypes(model, returned))
        {
            if (!known.TryGetValue(type, out var texts))
            {
                known.Add(type, texts = type.Keys.Select(key => key.Text).ToHashSet(StringComparer.Ordinal));
            }

            foreach (var way in ways.Into(type.Definition))
            {
                if (way.Key.Selections.Length > 0 && !texts.Contains(way.KeyText) && FieldSets.Exists(model.Schema, (CompositeType)type.Definition, way.Key))
                {
                    texts.Add(way.KeyText);
                    type.Keys.Add(new SourceKey(way.Key, IsResolvable: true, lookup.Field.Place));
                }
            }
        }
    }
}

/// <summary>Notes at each type which of its fields are part of a key, nested ones included.</summary>
internal static class KeyFieldMarks
{
    internal static void Set(SourceModel model)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is CompositeType))
        {
            foreach (var key in type.Keys)
            {
                foreach (var step in FieldSets.Walk(model.Schema, (CompositeType)type.Definition, key.Fields))
                {
                    model.Types.GetValueOrDefault(step.Parent.Name)?.KeyFields.Add(step.Node.Name.Value);
                }
            }
        }
    }
}
