using System.Data.Common;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Why a registry was not asked, or has not done what it was.</summary>
internal enum RegistryFault
{
    /// <summary>It is away or busy, or its store is: the same can be asked again.</summary>
    Unavailable,

    /// <summary>What is there is no registry that can be used: the same fails again until somebody mends the address or the place.</summary>
    NotUsable,

    /// <summary>It has answered that it does not do it.</summary>
    Refused,
}

/// <summary>What keeps a command from its work with a registry.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Fault">What the registry has to do with it; null where the arguments are wrong.</param>
internal sealed record RegistryProblem(string Message, RegistryFault? Fault)
{
    /// <summary>What keeps from a store; what was given may be no place at all.</summary>
    internal static RegistryProblem Of(StoreProblem problem) => new(problem.Message, problem.Cause switch
    {
        StorePlaceException => null,
        DbException failure when !StorePlace.IsWrong(failure) => RegistryFault.Unavailable,
        _ => RegistryFault.NotUsable,
    });

    /// <summary>What keeps from a registry over HTTP.</summary>
    /// <param name="failure">What asking it has thrown.</param>
    internal static RegistryProblem Of(Exception failure) => new(failure.Message, failure switch
    {
        RegistryRequestException { IsOfNoRegistry: false } request => request.Code is null or ApiProblemCode.Busy or ApiProblemCode.StoreUnavailable or ApiProblemCode.Internal
            ? RegistryFault.Unavailable
            : RegistryFault.Refused,
        _ => RegistryFault.NotUsable,
    });
}
