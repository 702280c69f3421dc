using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Audit.Backends;
using Xunit;

namespace Petrel.ApiServer.Tests.Audit;

/// <summary>Which files there are after so many bytes.</summary>
public sealed class RotatingFileTests : IDisposable
{
    private static readonly byte[] Line = new byte[700 * 1024];

    private readonly string _folder = Directory.CreateTempSubdirectory("petrel-audit-").FullName;
    private readonly SetClock _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 0, false, "audit-2026-01-02T03-04-05.000.log audit-2026-01-03T03-04-05.000.log audit-2026-01-04T03-04-05.000.log audit.log")]
    [InlineData(2, 0, false, "audit-2026-01-03T03-04-05.000.log audit-2026-01-04T03-04-05.000.log audit.log")]
    [InlineData(0, 1, false, "audit-2026-01-03T03-04-05.000.log audit-2026-01-04T03-04-05.000.log audit.log")]
    [InlineData(1, 0, true, "audit-2026-01-04T03-04-05.000.log.gz audit.log")]
    public void Old_files_are_kept_as_long_and_as_many_as_is_said(int backups, int days, bool isPacked, string expected)
    {
        var options = new AuditLogOptions { Path = Path.Combine(_folder, "audit.log"), MaxSize = 1, MaxBackup = backups, MaxAge = days, Compress = isPacked };
        File.WriteAllText(Path.Combine(_folder, "audit-unrelated.log"), "");
        using (var file = new RotatingFile(options, _time))
        {
            for (var i = 0; i < 4; i++)
            {
                if (i > 1)
                {
                    _time.Advance(TimeSpan.FromDays(1));
                }

                file.Write(Line);
            }
        }

        Assert.Equal(expected + " audit-unrelated.log", string.Join(' ', Directory.EnumerateFiles(_folder).Select(Path.GetFileName).OrderBy(static name => name!.Contains("unrelated", StringComparison.Ordinal)).ThenBy(static name => name, StringComparer.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_there_is_gone_on_with()
    {
        var options = new AuditLogOptions { Path = Path.Combine(_folder, "audit.log") };
        File.WriteAllText(options.Path, "before\n");
        using (var file = new RotatingFile(options, _time))
        {
            file.Write("after\n"u8);
        }

        Assert.Equal("before\nafter\n", File.ReadAllText(options.Path));
    }
}
