namespace GraphGateway.Cli;

/// <summary>Why a registry was not asked, or has not done what it was.</summary>
internal enum RegistryFault
{
    /// <summary>It is away, busy, or its store cannot be used: the same can be asked again.</summary>
    Unavailable,

    /// <summary>It has answered that it does not do it.</summary>
    Refused,
}

/// <summary>What keeps a command from its work with a registry.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Fault">What the registry has to do with it; null where the arguments are wrong.</param>
internal sealed record RegistryProblem(string Message, RegistryFault? Fault);
