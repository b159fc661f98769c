using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What an API key is for.</summary>
/// <param name="Consumer">The application on whose account it goes.</param>
/// <param name="Plan">The consumer's plan, such as <c>gold</c>; null where it has none.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Expires">When it is no longer valid; null where it does not expire.</param>
public sealed record ApiKeyGrant(string Consumer, string? Plan, ImmutableArray<string> Scopes, DateTimeOffset? Expires);

/// <summary>An API key as it is stored: not the key itself, which nobody has but its owner.</summary>
/// <param name="Id">The part of the key that names it; no secret.</param>
/// <param name="Hash">HMAC-SHA-256 of the whole key with the pepper: 32 bytes.</param>
/// <param name="Grant">What it is for.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Revoked">When it was revoked; null where it was not.</param>
/// <param name="ReplacedBy">The key that was made in its place; null where there is none.</param>
public sealed record ApiKey(string Id, ImmutableArray<byte> Hash, ApiKeyGrant Grant, DateTimeOffset Created, DateTimeOffset? Revoked, string? ReplacedBy);

/// <summary>A key that was just made.</summary>
/// <param name="Key">As it is stored.</param>
/// <param name="Text">The key itself: shown once, stored nowhere.</param>
public sealed record MadeApiKey(ApiKey Key, string Text);
