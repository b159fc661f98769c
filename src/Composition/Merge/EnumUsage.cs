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
