using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Which way the values of an enum travel.</summary>
[Flags]
internal enum EnumUse
{
    /// <summary>It is not used.</summary>
    None = 0,

    /// <summary>Clients give it.</summary>
    Input = 1,

    /// <summary>Clients get it.</summary>
    Output = 2,

    /// <summary>Both.</summary>
    Both = 3,
}

/// <summary>Finds out how an enum is used, in all sources together.</summary>
internal static class EnumUsage
{
    internal static EnumUse Of(SourceSet sources, string name)
    {
        var use = EnumUse.None;
        foreach (var field in sources.Models.SelectMany(model => model.AllFields))
        {
            use |= field.Definition.Type.Named.Name == name ? EnumUse.Output : EnumUse.None;
            use |= field.Definition.Arguments.Any(argument => argument.Type.Named.Name == name) ? EnumUse.Input : EnumUse.None;
        }

        var inputs = sources.Models.SelectMany(model => model.Types.Values).Select(type => type.Definition).OfType<InputObjectType>();
        return inputs.Any(input => input.Fields.Any(field => field.Type.Named.Name == name)) ? use | EnumUse.Input : use;
    }
}
