using System.CommandLine;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// <c>graphgateway keys create | list | rotate | revoke | pepper</c>: the API keys that a gateway takes. <c>graphgateway registry keys ...</c>: those of the registry.
/// </summary>
internal static class KeysCommand
{
    private static readonly TimeSpan UsualGrace = TimeSpan.FromHours(24);

    /// <param name="clock">Tells the time.</param>
    internal static Command Create(TimeProvider clock) => new("keys", "Makes, lists, rotates and revokes the API keys that a gateway takes.")
    {
        CreateCommand(clock, KeyHolder.Gateway),
        ListCommand(clock, KeyHolder.Gateway),
        RotateCommand(clock, KeyHolder.Gateway),
        RevokeCommand(clock, KeyHolder.Gateway),
        PepperCommand(),
    };

    /// <param name="clock">Tells the time.</param>
    internal static Command CreateOfRegistry(TimeProvider clock) => new("keys", "Makes, lists, rotates and revokes the keys of the registry, in its store.")
    {
        CreateCommand(clock, KeyHolder.Registry),
        ListCommand(clock, KeyHolder.Registry),
        RotateCommand(clock, KeyHolder.Registry),
        RevokeCommand(clock, KeyHolder.Registry),
    };

    private static Command CreateCommand(TimeProvider clock, KeyHolder holder)
    {
        var place = new KeyPlaceOptions(holder);
        var consumer = new Option<string>("--consumer") { HelpName = "NAME", Description = "The application on whose account the key goes.", Required = true };
        var plan = new Option<string?>("--plan") { HelpName = "NAME", Description = "The consumer's plan, such as gold." };
        var scopes = new Option<string[]>("--scope") { HelpName = "NAME", Description = "What the key may do; can be repeated." };
        var expires = Expires();
        var command = new Command("create", "Makes a key and shows it, this once.") { place.Store, place.PepperFile, consumer, plan, scopes, expires, place.Json };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            var now = clock.GetUtcNow();
            var name = parsed.GetRequiredValue(consumer);
            var planName = parsed.GetValue(plan);
            if (place.ReadPepper(parsed.GetValue(place.PepperFile), report.Fail) is not { } secret
                || !KeyArguments.IsName("--consumer", name, report) || !KeyArguments.IsName("--plan", planName, report)
                || !KeyArguments.TryScopes(parsed.GetValue(scopes), holder, report, out var may) || !KeyArguments.TryEnd(parsed.GetValue(expires), now, report, out var end))
            {
                return 1;
            }

            var made = await store.CreateAsync(new ApiKeyGrant(name, planName, may, end), secret, now, cancellation);
            return report.Made(made, $"Key {made.Key.Id}: {KeyReport.Describe(made.Key.Grant)}.");
        }, cancellation));
        return command;
    }

    private static Command ListCommand(TimeProvider clock, KeyHolder holder)
    {
        var place = new KeyPlaceOptions(holder);
        var command = new Command("list", "Lists all keys: what they are for, not the keys themselves.") { place.Store, place.Json };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
            report.List(await store.ListAsync(cancellation), clock.GetUtcNow()), cancellation, isReader: true));
        return command;
    }

    private static Command RotateCommand(TimeProvider clock, KeyHolder holder)
    {
        var place = new KeyPlaceOptions(holder);
        var id = Id();
        var expires = Expires();
        var grace = new Option<string?>("--grace") { HelpName = "TIME", Description = "How long the old key stays valid, such as 30m, 24h or 7d; 24h without it." };
        var command = new Command("rotate", "Makes a key for the same in the place of another one, which stays valid for a while.")
        {
            id, place.Store, place.PepperFile, grace, expires, place.Json,
        };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            var now = clock.GetUtcNow();
            if (!KeyArguments.TryId(parsed.GetRequiredValue(id), report, out var old)
                || place.ReadPepper(parsed.GetValue(place.PepperFile), report.Fail) is not { } secret
                || !KeyArguments.TryEnd(parsed.GetValue(expires), now, report, out var end)
                || !KeyArguments.TryTime("--grace", parsed.GetValue(grace), UsualGrace, report, out var time))
            {
                return 1;
            }

            return await store.RotateAsync(old, time, end, secret, now, cancellation) is { } made
                ? report.Made(made, $"Key {made.Key.Id} takes the place of {old}, which stays valid until {KeyReport.Time(now + time)} at most: {KeyReport.Describe(made.Key.Grant)}.")
                : report.Fail($"There is no key {old} that can be rotated: `{holder.Commands} list` shows which keys there are, and which are valid.");
        }, cancellation));
        return command;
    }

    private static Command RevokeCommand(TimeProvider clock, KeyHolder holder)
    {
        var place = new KeyPlaceOptions(holder);
        var id = Id();
        var command = new Command("revoke", $"Ends a key for good. {holder.Revoked}") { id, place.Store, place.Json };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            if (!KeyArguments.TryId(parsed.GetRequiredValue(id), report, out var key))
            {
                return 1;
            }

            return await store.RevokeAsync(key, clock.GetUtcNow(), cancellation)
                ? report.Revoked(key, holder.Revoked)
                : report.Fail($"There is no key {key} that was not revoked already: `{holder.Commands} list` shows which keys there are.");
        }, cancellation));
        return command;
    }

    private static Command PepperCommand()
    {
        var command = new Command("pepper", "Makes a secret for --pepper-file: without it nobody can try keys against a copy of the store.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(
                Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(ApiKeyText.MinPepperBytes)));
            return 0;
        });
        return command;
    }

    private static Argument<string> Id() => new("ID") { Description = "The key: what stands in it between ggk_ and the next _, or all of it." };

    private static Option<string?> Expires() =>
        new("--expires") { HelpName = "TIME", Description = "How long the key is valid, such as 24h or 90d; without it, until it is revoked." };
}
