using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Who may see a member: <c>@authenticated</c>, <c>@requiresScopes</c> and <c>@policy</c>, all of which must hold
/// (<see href="https://www.apollographql.com/docs/graphos/routing/security/authorization">Authorization</see>). Scopes and policies are
/// lists of alternatives, each of which is a list of what is needed together; no alternatives mean no requirement.
/// </summary>
public sealed record AccessRequirement(
    bool IsAuthenticated, ImmutableArray<ImmutableArray<string>> Scopes, ImmutableArray<ImmutableArray<string>> Policies)
{
    /// <summary>Everybody may.</summary>
    public static AccessRequirement None { get; } = new(false, [], []);

    /// <summary>True when everybody may see the member.</summary>
    public bool IsNone => !IsAuthenticated && Scopes.IsEmpty && Policies.IsEmpty;

    /// <summary>What the directives of a member of <see cref="Supergraph.FullSchema"/> require.</summary>
    public static AccessRequirement Of(ImmutableArray<DirectiveNode> directives)
    {
        var result = None;
        foreach (var directive in directives)
        {
            result = directive.Name.Value switch
            {
                WellKnownDirectives.Authenticated => result with { IsAuthenticated = true },
                WellKnownDirectives.RequiresScopes => result with { Scopes = Alternatives(directive.Argument("scopes")) },
                WellKnownDirectives.Policy => result with { Policies = Alternatives(directive.Argument("policies")) },
                _ => result,
            };
        }

        return result;
    }

    /// <summary>
    /// The coordinates of all members that clients see in the schema, and that not every client may see the values of, such as
    /// <c>User.email</c>.
    /// </summary>
    public static IEnumerable<string> ProtectedMembers(Supergraph supergraph)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        foreach (var type in supergraph.Types)
        {
            var visible = supergraph.PublicSchema.FindType(type.Name);
            if (visible is not null && IsProtected(type.Type.Directives))
            {
                yield return type.Name;
            }

            foreach (var field in type.Fields.Where(field => IsProtected(field.Field.Directives)))
            {
                if ((visible as ComplexType)?.FindField(field.Name) is not null)
                {
                    yield return $"{type.Name}.{field.Name}";
                }
            }
        }
    }

    /// <summary>The requirement as directives; none for no requirement.</summary>
    public ImmutableArray<DirectiveNode> ToDirectives()
    {
        if (IsNone)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<DirectiveNode>();
        if (IsAuthenticated)
        {
            result.Add(Syntax.Directive(WellKnownDirectives.Authenticated));
        }

        if (!Scopes.IsEmpty)
        {
            result.Add(Syntax.Directive(WellKnownDirectives.RequiresScopes, ("scopes", Value(Scopes))));
        }

        if (!Policies.IsEmpty)
        {
            result.Add(Syntax.Directive(WellKnownDirectives.Policy, ("policies", Value(Policies))));
        }

        return result.DrainToImmutable();
    }

    /// <summary>True when whoever meets this requirement meets the other one too.</summary>
    public bool Implies(AccessRequirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (IsAuthenticated || !other.IsAuthenticated) && AccessAlternatives.Implies(Scopes, other.Scopes) && AccessAlternatives.Implies(Policies, other.Policies);
    }

    /// <summary>True for a client of which this is known.</summary>
    /// <param name="isAuthenticated">It has shown who it is.</param>
    /// <param name="scopes">What it may do, by its issuer.</param>
    /// <param name="policies">The policies that let it in.</param>
    public bool IsMetBy(bool isAuthenticated, IReadOnlySet<string> scopes, IReadOnlySet<string> policies)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(policies);
        return (isAuthenticated || !IsAuthenticated) && HasOne(Scopes, scopes) && HasOne(Policies, policies);
    }

    /// <summary>About how much <see cref="And"/> has to hold against each other: those alternatives that both have once; the others multiply.</summary>
    public long WorkOfAnd(AccessRequirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return AccessAlternatives.WorkOfBoth(Scopes, other.Scopes) + AccessAlternatives.WorkOfBoth(Policies, other.Policies);
    }

    /// <summary>About how much <see cref="Implies"/> has to hold against each other.</summary>
    public long WorkOfImplies(AccessRequirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return AccessAlternatives.WorkOfImplies(Scopes, other.Scopes) + AccessAlternatives.WorkOfImplies(Policies, other.Policies);
    }

    /// <summary>Both requirements at once.</summary>
    public AccessRequirement And(AccessRequirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new AccessRequirement(IsAuthenticated || other.IsAuthenticated, AccessAlternatives.Both(Scopes, other.Scopes), AccessAlternatives.Both(Policies, other.Policies));
    }

    // A directive without alternatives, or with an empty one, requires nothing; yet it stays visible as a directive of its own.
    private static bool IsProtected(ImmutableArray<DirectiveNode> directives) => directives.Any(directive =>
        directive.Name.Value is WellKnownDirectives.Authenticated or WellKnownDirectives.RequiresScopes or WellKnownDirectives.Policy);

    // PERF: asked for each request, so without closures.
    private static bool HasOne(ImmutableArray<ImmutableArray<string>> alternatives, IReadOnlySet<string> has)
    {
        foreach (var together in alternatives)
        {
            var hasAll = true;
            foreach (var item in together)
            {
                hasAll = hasAll && has.Contains(item);
            }

            if (hasAll)
            {
                return true;
            }
        }

        return alternatives.IsEmpty;
    }

    private static ImmutableArray<ImmutableArray<string>> Alternatives(ValueNode? value) =>
        value is ListValueNode list ? AccessAlternatives.Distinct(list.Values.Select(Together)) : value is null ? [] : [Together(value)];

    private static ImmutableArray<string> Together(ValueNode value) => value switch
    {
        ListValueNode list => [.. list.Values.OfType<StringValueNode>().Select(item => item.Value).Distinct()],
        StringValueNode text => [text.Value],
        _ => [],
    };

    private static ListValueNode Value(ImmutableArray<ImmutableArray<string>> alternatives) => new(
        0, 0, [.. alternatives.Select(ValueNode (together) => new ListValueNode(0, 0, [.. together.Select(Syntax.String)]))]);
}
