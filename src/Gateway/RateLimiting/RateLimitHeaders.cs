using System.Globalization;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// What a client is told of its budgets: the fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of
/// <see href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/10/">draft-ietf-httpapi-ratelimit-headers-10</see>, which are lists of
/// structured fields, and <c>Retry-After</c> of <see href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, section 10.2.3</see>.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>The name of the field with the windows.</summary>
    public const string Policy = "RateLimit-Policy";

    /// <summary>The name of the field with what is left of the tightest one.</summary>
    public const string Limit = "RateLimit";

    // Integers of structured fields have at most 15 digits (RFC 9651, section 3.3.1).
    private const long MaxInteger = 999_999_999_999_999;

    /// <summary>
    /// The windows of budgets, such as <c>"gold-second";q=100;w=1, "gold-day";q=100000;w=86400</c>. The fields count in whole seconds: a window of
    /// another length has no <c>w</c>. The units are those of the budget; the draft's registry has no name for cost, so no <c>qu</c> is sent.
    /// </summary>
    /// <param name="budgets">At least one.</param>
    public static string PolicyOf(params ReadOnlySpan<Budget> budgets)
    {
        var text = new StringBuilder();
        foreach (var budget in budgets)
        {
            for (var i = 0; i < budget.Windows.Length; i++)
            {
                text.Append(text.Length > 0 ? ", " : "").Append(budget.WindowNames[i]);
                text.Append(CultureInfo.InvariantCulture, $";q={Math.Min(budget.Windows[i].Units, MaxInteger)}");
                if (budget.Windows[i].Milliseconds % 1000 == 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $";w={budget.Windows[i].Milliseconds / 1000}");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// What is left, such as <c>"gold-second";r=12;t=1</c>: <c>t</c> is the time after which the window is full again or, where a request was refused,
    /// after which it can be admitted. Null where the answer says nothing of it.
    /// </summary>
    /// <param name="budget">The budget that was asked.</param>
    /// <param name="decision">Its answer.</param>
    public static string? LimitOf(Budget budget, BudgetDecision decision)
    {
        if (decision.Outcome is not (BudgetOutcome.Admitted or BudgetOutcome.Exhausted))
        {
            return null;
        }

        var time = decision.Outcome == BudgetOutcome.Admitted ? decision.Standing.FullAfter : decision.RetryAfter;
        return string.Create(
            CultureInfo.InvariantCulture, $"{budget.WindowNames[decision.Standing.Window]};r={Math.Min(decision.Standing.Remaining, MaxInteger)};t={Seconds(time)}");
    }

    /// <summary>The value of <c>Retry-After</c>: whole seconds, never too early; null where waiting does not help, or nobody knows how long.</summary>
    /// <param name="decision">The refusal.</param>
    public static string? RetryAfterOf(BudgetDecision decision) =>
        decision.Outcome == BudgetOutcome.Exhausted ? Math.Max(Seconds(decision.RetryAfter), 1).ToString(CultureInfo.InvariantCulture) : null;

    private static long Seconds(TimeSpan time) => (time.Ticks / TimeSpan.TicksPerSecond) + (time.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);

    /// <summary>A window's name: a string of structured fields, printable ASCII with quotation marks and backslashes escaped.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="window">The window's place in it.</param>
    public static string NameOf(Budget budget, int window)
    {
        var milliseconds = budget.Windows[window].Milliseconds;
        var name = new StringBuilder("\"");
        foreach (var character in budget.Name)
        {
            name.Append(character is '"' or '\\' ? "\\" : "").Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return name.Append('-').Append(milliseconds switch
        {
            1000 => "second",
            60_000 => "minute",
            3_600_000 => "hour",
            BudgetWindow.MaxMilliseconds => "day",
            _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms"),
        }).Append('"').ToString();
    }
}
