// A small application as people write it with the CDK; node app.mjs OUT writes its assembly to the folder OUT.
import { App, Stack } from 'aws-cdk-lib';
import * as asg from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';

const app = new App({ outdir: process.argv[2], analyticsReporting: false });

const shop = new Stack(app, 'Shop');
const vpc = new ec2.Vpc(shop, 'Vpc', { ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'), maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: true });
vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
const endpoint = vpc.addInterfaceEndpoint('Secrets', { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER, open: false });

const balancerGroup = new ec2.SecurityGroup(shop, 'BalancerGroup', { vpc, description: 'load balancer', allowAllOutbound: false });
const balancer = new elb.ApplicationLoadBalancer(shop, 'Balancer', { vpc, internetFacing: true, securityGroup: balancerGroup });
const listener = balancer.addListener('Http', { port: 80 });

const webGroup = new ec2.SecurityGroup(shop, 'WebGroup', { vpc, description: 'web servers', allowAllOutbound: true });
const web = new asg.AutoScalingGroup(shop, 'Web', {
  vpc,
  instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  securityGroup: webGroup,
});
listener.addTargets('Web', { port: 8080, targets: [web] });

const cluster = new ecs.Cluster(shop, 'Cluster', { vpc });
const task = new ecs.FargateTaskDefinition(shop, 'Task');
task.addContainer('app', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx'), portMappings: [{ containerPort: 9000 }] });
const taskGroup = new ec2.SecurityGroup(shop, 'TaskGroup', { vpc, description: 'tasks', allowAllOutbound: false, disableInlineRules: true });
const service = new ecs.FargateService(shop, 'Service', { cluster, taskDefinition: task, securityGroups: [taskGroup] });
service.connections.allowFrom(webGroup, ec2.Port.tcp(9000), 'web to tasks');
service.connections.allowTo(endpoint, ec2.Port.tcp(443), 'secrets');

const database = new rds.DatabaseInstance(shop, 'Database', {
  vpc,
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
});
database.connections.allowDefaultPortFrom(webGroup, 'web to database');
database.connections.allowDefaultPortFrom(service, 'tasks to database');

const closed = new ec2.SecurityGroup(shop, 'ClosedGroup', { vpc, description: 'no egress at all', allowAllOutbound: false });
new lambda.Function(shop, 'Job', {
  vpc,
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
  securityGroups: [closed],
});

// A second stack: references to the first become exports and imports.
const reports = new Stack(app, 'Reports');
const reportGroup = new ec2.SecurityGroup(reports, 'ReportGroup', { vpc, description: 'reports', allowAllOutbound: false });
reportGroup.addEgressRule(ec2.Peer.securityGroupId(database.connections.securityGroups[0].securityGroupId), ec2.Port.tcp(5432), 'to the database');
reportGroup.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.allIcmp(), 'ping');
reportGroup.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.tcpRange(8000, 8080), 'reports over IPv6');

app.synth();
