using System.Net;
using System.Runtime.Versioning;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Pki;

[SupportedOSPlatform("linux")]
public sealed class PkiFolderTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly CertificateNames Names = CertificateNames.ForApiServer("cluster.local", IPAddress.Parse("10.96.0.1"), ["host"], [IPAddress.Parse("192.0.2.1")]);

    private readonly TemporaryFolder _folder = new();
    private readonly SetClock _clock = new();

    private string PkiPath => _folder.File("pki");

    [Fact]
    public void The_first_start_makes_keys_that_only_the_owner_reads_and_later_starts_keep_them()
    {
        using var first = PkiFolder.Open(PkiPath, _clock);
        Assert.Contains("PRIVATE KEY", first.TokenKeyPem.Value, StringComparison.Ordinal);
        using var second = PkiFolder.Open(PkiPath, _clock);
        Assert.Equal(first.Authority.CertificatePem, second.Authority.CertificatePem);
        Assert.Equal(first.TokenKeyPem.Value, second.TokenKeyPem.Value);
        Assert.Equal(["ca.crt", "ca.key", "front-proxy-ca.crt", "front-proxy-ca.key", "sa.key"], Directory.GetFiles(PkiPath).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(PkiPath), file => Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(PkiPath));
        Assert.Equal([PkiPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("ca.key")]
    [InlineData("sa.key")]
    public void A_missing_file_is_told_and_nothing_is_replaced(string missing)
    {
        PkiFolder.Open(PkiPath, _clock).Dispose();
        File.Delete(Path.Combine(PkiPath, missing));
        var error = Assert.Throws<PkiException>(() => PkiFolder.Open(PkiPath, _clock));
        Assert.Contains($"but not {missing}", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(PkiPath).Length);
    }

    [Fact]
    public void A_key_of_another_authority_is_told()
    {
        PkiFolder.Open(PkiPath, _clock).Dispose();
        PkiFolder.Open(_folder.File("other"), _clock).Dispose();
        File.Copy(_folder.File("other/ca.key"), Path.Combine(PkiPath, "ca.key"), overwrite: true);
        Assert.Throws<PkiException>(() => PkiFolder.Open(PkiPath, _clock));
    }

    [Fact]
    public void An_expired_authority_is_told()
    {
        PkiFolder.Open(PkiPath, _clock).Dispose();
        _clock.Advance(TimeSpan.FromDays(11 * 365));
        Assert.Contains("has expired", Assert.Throws<PkiException>(() => PkiFolder.Open(PkiPath, _clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_crash_left_of_the_first_start_is_no_hindrance()
    {
        Directory.CreateDirectory(PkiPath + ".new");
        File.WriteAllText(PkiPath + ".new/ca.key", "half");
        PkiFolder.Open(PkiPath, _clock).Dispose();
        Assert.False(Directory.Exists(PkiPath + ".new"));
    }

    [Fact]
    public void A_first_start_that_ended_before_the_token_key_was_there_is_gone_on_with()
    {
        using var first = PkiFolder.Open(PkiPath, _clock);
        _ = first.TokenKeyPem.Value;
        File.WriteAllText(Path.Combine(PkiPath, "sa.key"), "");
        using var second = PkiFolder.Open(PkiPath, _clock);
        Assert.Equal(first.Authority.CertificatePem, second.Authority.CertificatePem);
        Assert.Equal(second.TokenKeyPem.Value, File.ReadAllText(Path.Combine(PkiPath, "sa.key")));
    }

    [Fact]
    public void An_empty_folder_is_filled()
    {
        Directory.CreateDirectory(PkiPath);
        PkiFolder.Open(PkiPath, _clock).Dispose();
        Assert.Equal(5, Directory.GetFiles(PkiPath).Length);
    }

    [Fact]
    public void The_serving_certificate_survives_restarts_until_the_last_third_of_its_life()
    {
        using var pki = PkiFolder.Open(PkiPath, _clock);
        var serving = pki.Serving(Names);
        var first = serving.Current();
        Assert.True(Names.AreCoveredBy(first));
        Assert.Equal(first.Thumbprint, pki.Serving(Names).Current().Thumbprint);
        _clock.Advance(TimeSpan.FromDays(240));
        Assert.Same(first, serving.Current());
        _clock.Advance(TimeSpan.FromDays(5));
        var renewed = serving.Current();
        Assert.NotEqual(first.Thumbprint, renewed.Thumbprint);
        Assert.Equal(renewed.Thumbprint, pki.Serving(Names).Current().Thumbprint);
        Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(Path.Combine(PkiPath, "apiserver.key")));
    }

    [Fact]
    public void Another_name_or_authority_or_a_damaged_file_makes_a_new_serving_certificate()
    {
        using var pki = PkiFolder.Open(PkiPath, _clock);
        var first = pki.Serving(Names).Current();
        var more = Names with { DnsNames = [.. Names.DnsNames, "another"] };
        var second = pki.Serving(more).Current();
        Assert.True(more.AreCoveredBy(second));
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);

        File.WriteAllText(Path.Combine(PkiPath, "apiserver.key"), "half");
        var third = pki.Serving(more).Current();
        Assert.NotEqual(second.Thumbprint, third.Thumbprint);

        using var other = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", _clock), _clock);
        var path = Path.Combine(PkiPath, "apiserver");
        Assert.NotEqual(third.Thumbprint, new ServingCertificate(other, "kube-apiserver", more, path + ".crt", path + ".key", _clock).Current().Thumbprint);
    }

    public void Dispose() => _folder.Dispose();
}
