using System.Text;

namespace Petrel.Api.Tests.Values;

public sealed class ApiTimeTests
{
    private const string Layout = "2006-01-02T15:04:05Z07:00";
    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";

    [Theory]
    [InlineData("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z")]
    [InlineData("2024-01-02T05:04:05+02:00", "2024-01-02T03:04:05Z")]
    [InlineData("2024-01-01T23:04:05.999-04:00", "2024-01-02T03:04:05Z")]
    [InlineData("2024-02-29T3:04:05Z", "2024-02-29T03:04:05Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public void Reads_any_offset_and_writes_whole_seconds_in_UTC(string text, string written)
    {
        Assert.True(ApiTime.TryParse(text, out var time, out _));
        Assert.Equal(written, ApiTime.Format(time));
        Assert.Equal(0, time.Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData("2024-01-02T03:04:05.123456Z", "2024-01-02T03:04:05.123456Z")]
    [InlineData("2024-01-02T05:04:05.000000+02:00", "2024-01-02T03:04:05.000000Z")]
    public void Reads_and_writes_microseconds(string text, string written)
    {
        Assert.True(ApiTime.TryParseMicro(text, out var time, out _));
        Assert.Equal(written, ApiTime.FormatMicro(time));
    }

    [Theory]
    [InlineData("now", "as \"" + Layout + "\": cannot parse \"now\" as \"2006\"")]
    [InlineData("", "as \"" + Layout + "\": cannot parse \"\" as \"2006\"")]
    [InlineData("2024-01-02", "as \"" + Layout + "\": cannot parse \"\" as \"T\"")]
    [InlineData("2024/01/02", "as \"" + Layout + "\": cannot parse \"/01/02\" as \"-\"")]
    [InlineData("2024-01-02T03:04:05", "as \"" + Layout + "\": cannot parse \"\" as \"Z07:00\"")]
    [InlineData("2024-1-02T03:04:05Z", "as \"" + Layout + "\": cannot parse \"1-02T03:04:05Z\" as \"01\"")]
    public void Says_which_part_does_not_fit(string text, string error)
    {
        Assert.False(ApiTime.TryParse(text, out _, out var actual));
        Assert.Equal($"parsing time \"{text}\" {error}", actual);
    }

    [Theory]
    [InlineData("2024-13-02T03:04:05Z", ": month out of range")]
    [InlineData("2023-02-29T03:04:05Z", ": day out of range")]
    [InlineData("2023-02-28T24:04:05Z", ": hour out of range")]
    [InlineData("2023-02-28T23:60:05Z", ": minute out of range")]
    [InlineData("2023-02-28T23:59:60Z", ": second out of range")]
    [InlineData("2023-02-28T23:59:59+25:00", ": time zone offset hour out of range")]
    [InlineData("2023-02-28T23:59:59Zx", ": extra text: \"x\"")]
    [InlineData("0000-02-28T23:59:59Z", ": year out of range")]
    public void Says_what_is_out_of_range(string text, string error)
    {
        Assert.False(ApiTime.TryParse(text, out _, out var actual));
        Assert.Equal($"parsing time \"{text}\"{error}", actual);
    }

    [Theory]
    [InlineData("2024-01-02T03:04:05.5Z", ".5Z", ".000000")]
    [InlineData("2024-01-02T05:04:05.123456789+02:00", "789+02:00", "Z07:00")]
    [InlineData("2024-01-02T03:04:05Z", "Z", ".000000")]
    public void Microseconds_have_exactly_six_digits(string text, string part, string layout)
    {
        Assert.False(ApiTime.TryParseMicro(text, out _, out var actual));
        Assert.Equal($"parsing time \"{text}\" as \"{MicroLayout}\": cannot parse \"{part}\" as \"{layout}\"", actual);
    }

    [Fact]
    public void Writes_bytes_as_it_writes_text()
    {
        var time = new DateTimeOffset(2024, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1));
        var bytes = new byte[ApiTime.MicroLength];
        ApiTime.FormatMicro(time, bytes);
        Assert.Equal("2024-01-02T02:04:05.678000Z", Encoding.ASCII.GetString(bytes));
        ApiTime.Format(time, bytes);
        Assert.Equal("2024-01-02T02:04:05Z", Encoding.ASCII.GetString(bytes, 0, ApiTime.Length));
    }
}
