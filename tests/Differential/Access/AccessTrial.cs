using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TestKit;

namespace GraphGateway.Differential;

/// <summary>
/// A request of somebody who may not see all: its answer beside that of the single server, which is made to fail where the oracle withholds something, and
/// what the sources were asked for.
/// </summary>
internal sealed class AccessTrial(World world, Federation federation, Caller caller, ClientRequest request)
{
    private ImmutableArray<WithheldField> withheld = [];

    /// <summary>The places of the answer that were withheld.</summary>
    public HashSet<string> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The objects that are null because not even their type may be told.</summary>
    public int HiddenObjects { get; private set; }

    /// <summary>Of one list one object's field is withheld and another's is not.</summary>
    public bool HasPartOfList { get; private set; }

    public async Task<Outcome> RunAsync()
    {
        var (plan, operation, variables, problem) = federation.Plan(request, Filter);
        if (plan is null)
        {
            return new Outcome(Outcome.Invalid, problem!, null);
        }

        if (federation.Verify(plan) is { IsEmpty: false } problems)
        {
            return new Outcome("the verifier complains", string.Join('\n', problems), plan);
        }

        var walk = new AnswerWalk(federation.Schema, operation!.Document.Document, name => variables!.TryGetValue(name, out var value) && value is true);
        var access = new ExpectedAccess(world, federation.Schema, caller, walk);
        var (hasWithheld, allowed) = access.Survey();
        if (hasWithheld == withheld.IsEmpty)
        {
            return new Outcome(hasWithheld ? "nothing is withheld" : "something is withheld", string.Join(", ", withheld.Select(field => $"{field.Field.Definition} at {string.Join('/', field.Path)}")), plan);
        }

        var (whole, expected) = await ExpectAsync(access, walk);
        HasPartOfList = Places.Any(place => IsOneOfList(expected.Data, place, Places));
        var toWrite = federation.SingleLog.Take();
        federation.Log.Take();
        federation.Asked.Clear();
        var answer = await federation.ExecuteAsync(plan, operation, variables!, Faults.None, new AnswerOrder((int)Hashing.Of(request.Query)));
        var kind = answer.Data != expected.Data ? "wrong data for the caller"
            // Where a write that is withheld makes all of data null, those after it are done all the same, which the spec leaves open (6.4.4); the server stops.
            : expected.Data != "null" && federation.Log.Take() != toWrite ? "wrong writes for the caller"
            : WrongError(whole, answer) is { } wrong ? wrong
            : federation.Asked.Where(asked => !allowed.Contains(asked) && !access.MayTravelAlong(asked.Type, asked.Field)).Select(asked => $"a source is asked for {asked.Type}.{asked.Field}").FirstOrDefault();
        return kind is null ? new Outcome("", "", plan) : new Outcome(kind, $"{caller}\nanswer:   {answer.Text}\nexpected: {expected.Text}\nwithheld: {string.Join(' ', Places)}\n\n{string.Join('\n', federation.Traffic)}\n\n{PlanPrinter.Print(plan)}", plan);
    }

    private NormalizedOperation Filter(Validation.ValidOperation operation, NormalizedOperation normalized)
    {
        var index = federation.Access;
        var unmet = OperationAccess.Of(operation, index, asksForAll: false).Requirements
            .Where(number => !index.Requirements[number].IsMetBy(caller.IsAuthenticated, caller.Scopes, caller.Policies)).ToList();
        (var filtered, withheld) = AccessFilter.Apply(normalized, index, federation.Schema, AccessOutcome.Without(unmet));
        return filtered;
    }

    // What is withheld is found where the answer without it still goes: what fails below it then fails nobody.
    private async Task<(ClientAnswer Whole, ClientAnswer Expected)> ExpectAsync(ExpectedAccess access, AnswerWalk walk)
    {
        var typed = request with { Query = walk.WithTypes(request.Query) };
        var whole = await federation.ExecuteSingleAsync(request, Faults.None);
        var failing = new HashSet<string>(StringComparer.Ordinal);
        for (var isNew = true; isNew;)
        {
            var answer = await federation.ExecuteSingleAsync(typed, Faults.None with { Paths = failing, Forbidden = Places });
            isNew = false;
            foreach (var place in access.WithheldIn(answer.Data))
            {
                isNew |= Places.Add(place.Path);
                failing.Add(place.Failing);
                HiddenObjects += place.Path == place.Failing ? 0 : 1;
            }
        }

        federation.SingleLog.Take();
        return (whole, await federation.ExecuteSingleAsync(request, Faults.None with { Paths = failing, Forbidden = Places }));
    }

    // What is withheld and shows has an error with its code and path; no other place has one, and no null is without.
    private string? WrongError(ClientAnswer whole, ClientAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Text);
        var nulls = whole.NullPlaces();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var error in json.RootElement.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().ToList() : [])
        {
            var path = error.TryGetProperty("path", out var at) ? string.Join('/', at.EnumerateArray().Select(segment => segment.ToString())) : "";
            var isWithheld = error.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var code) && code.GetString() == "UNAUTHORIZED_FIELD_OR_TYPE";
            // Of what is below a null that has an error, some may be told as well (Spec §6.4.4).
            if (!(isWithheld ? Places.Contains(path) : whole.ErrorPaths.Contains(path)) && !nulls.Contains(whole.NullPlaceOf(path)))
            {
                return $"an error too many at {path}";
            }

            if (isWithheld && !told.Add(path))
            {
                return $"an error twice at {path}";
            }
        }

        var data = json.RootElement.GetProperty("data");
        return Places.Where(place => !told.Contains(place) && Find(data, place) is not null).Select(place => $"no error at {place}").FirstOrDefault()
            ?? (Trial.Unexplained(whole, answer) is { } place ? $"no error for the null at {place}" : null);
    }

    // Of the next or last object of a list nothing is withheld.
    private static bool IsOneOfList(string data, string place, HashSet<string> places)
    {
        using var json = JsonDocument.Parse(data);
        var segments = place.Split('/');
        return segments.Index().Where(at => char.IsAsciiDigit(at.Item[0])).Any(at => new[] { -1, 1 }.Any(step =>
        {
            var other = string.Join('/', segments[..at.Index].Append((int.Parse(at.Item, CultureInfo.InvariantCulture) + step).ToString(CultureInfo.InvariantCulture)));
            return Find(json.RootElement, other) is { ValueKind: JsonValueKind.Object } && !places.Any(one => one.StartsWith(other + "/", StringComparison.Ordinal));
        }));
    }

    // The value at a place; null where there is no object, list or field around it.
    private static JsonElement? Find(JsonElement value, string place)
    {
        foreach (var segment in place.Split('/'))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(segment, out value))
            {
                return null;
            }
        }

        return value;
    }
}
