using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>A registry elsewhere has not done what was asked, or cannot be reached. What it says has no key in it.</summary>
/// <param name="url">Where the registry is.</param>
/// <param name="problem">What is wrong, and what to do.</param>
/// <param name="code">By which the registry tells its problems apart; null where it was not the registry that answered.</param>
public sealed class RegistryRequestException(Uri url, string problem, ApiProblemCode? code = null) : Exception($"{url}: {problem}")
{
    /// <summary>What is wrong, and what to do, without the address.</summary>
    public string Problem => problem;

    /// <summary>Which of the registry's problems it is; null where it was not the registry that answered.</summary>
    public ApiProblemCode? Code => code;

    /// <summary>The persisted operations that would break, each with what is wrong; empty where it is about something else.</summary>
    public ImmutableArray<string> Broken { get; init; } = [];
}
