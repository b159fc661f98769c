using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// The five scalars of the spec (<see href="https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars">§3.5</see>) and those that
/// services share. Messages of the five are graphql-js's.
/// </summary>
public static partial class BuiltInScalars
{
    /// <summary>A signed 32-bit integer.</summary>
    public static ScalarBinding Int { get; } = new()
    {
        Name = "Int",
        ClrTypes = [typeof(int), typeof(short), typeof(ushort), typeof(byte), typeof(sbyte), typeof(long), typeof(uint)],
        Parse = input => input.Kind != ScalarInputKind.Int && !IsWholeFloat(input)
                ? ScalarResult.Fail($"Int cannot represent non-integer value: {input}")
                : ToInt(double.Parse(input.Text, CultureInfo.InvariantCulture), input.ToString()),
        Serialize = value => value switch
        {
            int number => ScalarResult.Ok(number),
            bool flag => ScalarResult.Ok(flag ? 1 : 0),
            short or ushort or byte or sbyte => ScalarResult.Ok(Convert.ToInt32(value)),
            long or uint or ulong or float or double or decimal => ToInt(Convert.ToDouble(value, CultureInfo.InvariantCulture), ShownValue.Of(value)),
            string text when IsNumber(text, out var number) => ToInt(number, ShownValue.Of(value)),
            _ => ScalarResult.Fail($"Int cannot represent non-integer value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>A double-precision number.</summary>
    public static ScalarBinding Float { get; } = new()
    {
        Name = "Float",
        ClrTypes = [typeof(double), typeof(float), typeof(int), typeof(long)],
        Parse = input => input.Kind is ScalarInputKind.Int or ScalarInputKind.Float
            && double.TryParse(input.Text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? ScalarResult.Ok(number)
                : ScalarResult.Fail($"Float cannot represent non numeric value: {input}"),
        Serialize = value => value switch
        {
            bool flag => ScalarResult.Ok(flag ? 1 : 0),
            string text when IsNumber(text, out var number) => ScalarResult.Ok(number),
            float or double when !double.IsFinite(Convert.ToDouble(value)) => ScalarResult.Fail($"Float cannot represent non numeric value: {ShownValue.Of(value)}"),
            float or double or int or long or decimal or short or byte => ScalarResult.Ok(value is float single ? (double)single : value),
            _ => ScalarResult.Fail($"Float cannot represent non numeric value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>Text.</summary>
    public static ScalarBinding String { get; } = new()
    {
        Name = "String",
        ClrTypes = [typeof(string)],
        Parse = input => input.Kind == ScalarInputKind.String
            ? ScalarResult.Ok(input.Text)
            : ScalarResult.Fail($"String cannot represent a non string value: {input}"),
        Serialize = value => value switch
        {
            string text => ScalarResult.Ok(text),
            bool flag => ScalarResult.Ok(flag ? "true" : "false"),
            Guid or Uri => ScalarResult.Ok(value.ToString()),
            IFormattable number and (int or long or double or float or decimal or short or byte) when IsFinite(value) => ScalarResult.Ok(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => ScalarResult.Fail($"String cannot represent value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>True or false.</summary>
    public static ScalarBinding Boolean { get; } = new()
    {
        Name = "Boolean",
        ClrTypes = [typeof(bool)],
        Parse = input => input.Kind == ScalarInputKind.Boolean
            ? ScalarResult.Ok(input.Text == "true")
            : ScalarResult.Fail($"Boolean cannot represent a non boolean value: {input}"),
        Serialize = value => value switch
        {
            bool flag => ScalarResult.Ok(flag),
            int or long or double or decimal when IsFinite(value) => ScalarResult.Ok(Convert.ToDouble(value) != 0),
            _ => ScalarResult.Fail($"Boolean cannot represent a non boolean value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>An opaque identifier; written as a string, read from a string or an integer.</summary>
    public static ScalarBinding Id { get; } = new()
    {
        Name = "ID",
        ClrTypes = [typeof(string), typeof(int), typeof(long), typeof(Guid)],
        Parse = input => input.Kind is ScalarInputKind.String or ScalarInputKind.Int ? ScalarResult.Ok(input.Text)
            : IsWholeFloat(input) ? ScalarResult.Ok(double.Parse(input.Text, CultureInfo.InvariantCulture).ToString("0", CultureInfo.InvariantCulture))
            : ScalarResult.Fail($"ID cannot represent {(input.IsLiteral ? "a non-string and non-integer value" : "value")}: {input}"),
        Serialize = value => value switch
        {
            string text => ScalarResult.Ok(text),
            int or long or short or Guid => ScalarResult.Ok(value.ToString()),
            double or decimal when IsFinite(value) && Convert.ToDouble(value) == Math.Floor(Convert.ToDouble(value)) =>
                ScalarResult.Ok(((IFormattable)value).ToString("0", CultureInfo.InvariantCulture)),
            _ => ScalarResult.Fail($"ID cannot represent value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>An instant with its offset, as <see href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</see> writes it.</summary>
    public static ScalarBinding DateTime { get; } = new()
    {
        Name = "DateTime",
        ClrTypes = [typeof(DateTimeOffset), typeof(DateTime)],
        Parse = input => input.Kind == ScalarInputKind.String
            && Rfc3339().IsMatch(input.Text)
            && DateTimeOffset.TryParse(input.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? ScalarResult.Ok(instant)
                : ScalarResult.Fail($"DateTime cannot represent a value that is not an RFC 3339 date and time: {input}"),
        Serialize = value => value switch
        {
            DateTimeOffset instant => ScalarResult.Ok(Rfc3339Text(instant)),
            System.DateTime { Kind: DateTimeKind.Local } local => ScalarResult.Ok(Rfc3339Text(new DateTimeOffset(local))),
            System.DateTime instant => ScalarResult.Ok(Rfc3339Text(new DateTimeOffset(System.DateTime.SpecifyKind(instant, DateTimeKind.Utc)))),
            string text => ScalarResult.Ok(text),
            _ => ScalarResult.Fail($"DateTime cannot represent value: {ShownValue.Of(value)}"),
        },
    };

    /// <summary>An exact decimal number: written as a JSON number with its own digits, read from a number or a string of digits.</summary>
    public static ScalarBinding Decimal { get; } = new()
    {
        Name = "Decimal",
        ClrTypes = [typeof(decimal)],
        Parse = input => input.Kind is ScalarInputKind.Int or ScalarInputKind.Float or ScalarInputKind.String
            && decimal.TryParse(input.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? ScalarResult.Ok(number)
                : ScalarResult.Fail($"Decimal cannot represent a value that is not a decimal number: {input}"),
        Serialize = value => value is decimal or int or long
            ? ScalarResult.Ok(Convert.ToDecimal(value))
            : ScalarResult.Fail($"Decimal cannot represent value: {ShownValue.Of(value)}"),
    };

    /// <summary>A universally unique identifier (<see href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562</see>).</summary>
    public static ScalarBinding Uuid { get; } = new()
    {
        Name = "UUID",
        ClrTypes = [typeof(Guid)],
        Parse = input => input.Kind == ScalarInputKind.String && Guid.TryParse(input.Text, out var id)
            ? ScalarResult.Ok(id)
            : ScalarResult.Fail($"UUID cannot represent a value that is not a UUID: {input}"),
        Serialize = value => value is Guid or string ? ScalarResult.Ok(value.ToString()) : ScalarResult.Fail($"UUID cannot represent value: {ShownValue.Of(value)}"),
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<ScalarBinding> All { get; } = [Int, Float, String, Boolean, Id, DateTime, Decimal, Uuid];

    /// <summary>A scalar without a binding of its own takes any value and gives it back as it is.</summary>
    internal static ScalarBinding Any(string name) => new()
    {
        Name = name,
        ClrTypes = [typeof(object)],
        Parse = input => ScalarResult.Ok(input.ToObject()),
        Serialize = ScalarResult.Ok,
    };

    private static bool IsFinite(object number) => double.IsFinite(Convert.ToDouble(number, CultureInfo.InvariantCulture));

    // A number in a string is one as JSON would write it: no thousands, no hexadecimal digits, no words such as "Infinity".
    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static bool IsWholeFloat(ScalarInput input) =>
        // JSON has one kind of number: 1.0 and 1e3 are integers there, as they are for graphql-js. In a document they are floats.
        !input.IsLiteral && input.Kind == ScalarInputKind.Float
        && double.TryParse(input.Text, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number);

    private static ScalarResult ToInt(double number, string shown) =>
        number != Math.Floor(number) || !double.IsFinite(number) ? ScalarResult.Fail($"Int cannot represent non-integer value: {shown}")
        : number is < int.MinValue or > int.MaxValue ? ScalarResult.Fail($"Int cannot represent non 32-bit signed integer value: {shown}")
        : ScalarResult.Ok((int)number);

    private static string Rfc3339Text(DateTimeOffset instant) =>
        instant.ToString(instant.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Rfc3339();
}
